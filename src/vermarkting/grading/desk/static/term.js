// Buttons that start a command on the server, files that go to it, and how the command that runs is doing.
const given = JSON.parse(document.getElementById("given").textContent);
const POLL = 400;
const headers = { "X-XSRFToken": given.xsrf };
const results = () => [...document.querySelectorAll("[data-result]")];
let isBusy = false;

async function ask(path, options = {}) {
  try {
    const answer = await fetch(`${given.top}/${path}`, { headers, ...options });
    return { ok: answer.ok, body: await answer.json().catch(() => null) };
  } catch {
    return { ok: false, body: { say: given.text.offline } };
  }
}

const place = (verb) => results().find((found) => found.dataset.result.split(" ").includes(verb));

function make(tag, text, ...children) {
  const made = document.createElement(tag);
  made.append(...(text ? [text] : []), ...children);
  return made;
}

function show(box, { sentence, tone = "", running = false, done = 0, total = 0, lines = [], loose = [] }) {
  const parts = [make("div", sentence)];
  if (running) {
    const bar = make("progress");
    if (total) Object.assign(bar, { max: total, value: done });
    bar.setAttribute("aria-label", sentence);
    parts.push(bar);
    if (total) parts.push(make("small", `${done} / ${total}`));
  } else if (lines.length) {
    const short = lines.join("").length < 300;
    parts.push(short ? list(lines) : make("details", "", make("summary", given.text.all), list(lines)));
  }
  if (loose.length) parts.push(make("details", "", make("summary", given.text.loose), make("pre", loose.join("\n"))));
  box.replaceChildren(...parts);
  box.className = `result ${running ? "" : tone}`;
  box.hidden = false;
}

const list = (lines) => make("ul", "", ...lines.map((line) => make("li", line)));

function busy(on = isBusy) {
  isBusy = on;
  document.querySelectorAll("[data-verb], input[type=file]").forEach((control) => (control.disabled = on));
}

async function follow(verb) {
  busy(true);
  for (;;) {
    const { ok, body } = await ask("werk");
    if (ok && body?.verb === verb) {
      show(place(verb), body);
      if (!body.running) break;
    } else if (ok) break;
    else show(place(verb), { sentence: body?.say ?? given.text.offline, tone: "bad" });
    await new Promise((done) => setTimeout(done, POLL));
  }
  await refresh();
  busy(false);
}

/** Take over what the page says by now; what a command told, and a name that was typed, stay. */
async function refresh() {
  const answer = await fetch(location.href, { headers }).catch(() => null); // a hub lets no other in
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
  const told = results();
  fresh.querySelectorAll("[data-result]").forEach((empty, number) => empty.replaceWith(told[number]));
  const name = document.querySelector("[name=wie]")?.value;
  document.querySelector("main").replaceWith(fresh);
  if (name) document.querySelectorAll("[name=wie]").forEach((box) => (box.value = name));
}

async function start(verb, assignment, force) {
  const path = ["werk", verb, assignment].filter(Boolean).join("/");
  const options = { method: "POST", headers: { ...headers, "Content-Type": "application/json" } };
  const { ok, body } = await ask(path, { ...options, body: JSON.stringify({ force }) });
  if (ok) await follow(verb);
  else show(place(verb), { sentence: body.say, tone: "bad" });
}

const send = (path, file) => ask(`${path}?naam=${encodeURIComponent(file.name)}`, { method: "PUT", body: file });

async function sendDownload({ files, dataset }) {
  const box = place("zip_collect");
  for (const file of files) {
    show(box, { sentence: given.text.sending, running: true });
    const { ok, body } = await send(`opdracht/${dataset.assignment}/download`, file);
    if (!ok) return show(box, { sentence: body.say, tone: "bad" });
  }
  await start("zip_collect", dataset.assignment, false);
}

async function sendClassList({ files, dataset }) {
  const { body } = await send("klaslijst", files[0]);
  document.getElementById(dataset.into).textContent = body.say;
}

document.addEventListener("click", ({ target }) => {
  const { verb, assignment } = target.closest("[data-verb]")?.dataset ?? {};
  if (verb) start(verb, assignment, document.querySelector(`[data-force="${verb}"]`)?.checked ?? false);
});
document.addEventListener("change", async ({ target }) => {
  if (target.type !== "file" || !target.files.length) return;
  await (target.id === "download" ? sendDownload : sendClassList)(target);
  target.value = "";
});

const { body: last } = await ask("werk");
if (last?.running && place(last.verb)) follow(last.verb);
