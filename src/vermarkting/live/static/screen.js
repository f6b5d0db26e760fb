// The page on the projector, with what the lecturer needs below it. All sentences come with the page or the state.
const { screen: words, lessons, key: given } = JSON.parse(document.getElementById("state").textContent);
const base = new URL(".", location.href).href;
const group = new URLSearchParams(location.search).get("groep") ?? ""; // a course of the learning platform
const main = document.getElementById("screen");
const controls = document.getElementById("controls");
const sure = document.getElementById("sure");
const KEY = `vermarkting:live:key:${base}`;

// The key comes in the address once; it stays out of the address bar, which everybody in the room reads.
const keyInAddress = location.hash.slice(1);
if (keyInAddress.length > 20) {
  sessionStorage.setItem(KEY, keyInAddress);
  history.replaceState(null, "", location.pathname);
}
const key = given || sessionStorage.getItem(KEY) || "";
let code = sessionStorage.getItem(`${KEY}:code`) || "";
let socket, state, qr, tries = 0, lost = false;

const el = (tag, props = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name in node) node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== undefined && child !== ""));
  return node;
};
const send = (message) => socket?.readyState === 1 && socket.send(JSON.stringify(message));
const act = (does, more = {}) => () => send({ do: does, ...more });
const button = (text, onclick, className = "") => el("button", { type: "button", onclick, className }, text);
const percent = (share) => `${Math.round(share * 1000) / 10}%`;

const connect = () => {
  const ours = (socket = new WebSocket(`${base.replace(/^http/, "ws")}leiden`));
  ours.onopen = () => send({ key });
  ours.onmessage = ({ data }) => {
    [tries, lost] = [0, false];
    hear(JSON.parse(data));
  };
  ours.onclose = () => {
    lost = true;
    if (state) draw();
    if (!main.dataset.refused) setTimeout(connect, Math.min(8000, 500 * 2 ** tries++));
  };
};

const hear = (message) => {
  if (message.refused) {
    main.dataset.refused = "yes";
    main.replaceChildren(el("p", { className: "big" }, words.no_key));
    controls.replaceChildren();
  } else if (message.running) {
    if (message.running.includes(code)) send({ do: "resume", code });
    else start(message.running);
  } else if (message.ended) {
    code = "";
    sessionStorage.removeItem(`${KEY}:code`);
    start([]);
  } else if (message.qr) {
    qr = message.qr;
    draw();
  } else if (message.csv) {
    const link = el("a", { href: URL.createObjectURL(new Blob([message.csv], { type: "text/csv" })), download: `${words.file}-${code}.csv` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  } else if (message.state) {
    state = message.state;
    if (code !== state.code || !qr) {
      code = state.code;
      sessionStorage.setItem(`${KEY}:code`, code);
      send({ do: "qr", address: `${base}#${code}` });
    }
    draw();
  }
};

const start = (running) => {
  [state, qr] = [undefined, undefined];
  const most = el("input", { type: "number", min: 5, max: 2000, value: 200 });
  main.replaceChildren(
    el("h1", {}, words.title),
    el("p", { className: "big" }, words.about),
    el("p", {}, words.privacy),
  );
  const begin = button(words.begin, () => send({ do: "begin", most: Number(most.value), group }), "first");
  controls.replaceChildren(begin, el("label", {}, words.most, most), ...running.map((one) => button(`${words.resume} ${one}`, act("resume", { code: one }))));
  drawn = "";
};

// --- what the room sees
const head = () => el("header", {}, el("p", { className: "join" }, `${base.replace(/^https?:\/\//, "").replace(/\/$/, "")}`), el("p", { className: "code" }, code), el("p", { className: "people" }, lost ? words.lost : state.people));

const lobby = () => [
  el("div", { className: "lobby" }, el("div", {}, el("p", { className: "big" }, words.go_to), el("p", { className: "address" }, base), el("p", { className: "big" }, words.type_code), el("p", { className: "letters", "aria-label": [...code].join(" ") }, code), el("p", { className: "people" }, lost ? words.lost : state.people)), qr ? el("img", { src: qr, alt: words.qr }) : ""),
];

const bars = ({ rows }) => el("ol", { className: rows.length > 9 ? "bars many" : "bars" }, ...rows.map(({ text, value, share, before }) => {
  const bar = el("span", { className: "bar" });
  bar.style.width = percent(share);
  const track = el("span", { className: "track", "aria-hidden": "true" }, bar);
  if (before !== null) {
    const ghost = el("span", { className: "ghost" });
    ghost.style.width = percent(before);
    track.append(ghost);
  }
  return el("li", {}, el("span", { className: "name" }, text), track, el("strong", {}, value));
}));

const columns = ({ rows, left, right }) => {
  const top = Math.max(0.01, ...rows.flatMap(({ share, before }) => [share, before ?? 0]));
  const list = el("ol", { className: "columns" }, ...rows.map(({ text, value, share, before }) => {
    const bar = el("span", { className: "bar" });
    bar.style.height = percent(share / top);
    const track = el("span", { className: "track", "aria-hidden": "true" }, bar);
    if (before !== null) {
      const ghost = el("span", { className: "ghost" });
      ghost.style.height = percent(before / top);
      track.append(ghost);
    }
    return el("li", {}, el("strong", {}, value), track, el("span", { className: "name" }, text));
  }));
  return el("div", {}, list, el("p", { className: "ends" }, el("span", {}, left), el("span", {}, right)));
};

const grid = ({ heads, rows }) => el("table", { className: "grid" },
  el("thead", {}, el("tr", {}, el("td"), ...heads.map((head) => el("th", { scope: "col" }, head)), el("th", { scope: "col" }, words.mean_head))),
  el("tbody", {}, ...rows.map(({ text, cells, mean }) => {
    const all = Math.max(1, (cells ?? []).reduce((sum, count) => sum + count, 0));
    const drawn = (cells ?? heads.map(() => "")).map((count) => {
      const cell = el("td", {}, String(count));
      if (count) cell.style.background = `rgb(11 79 138 / ${Math.round((count / all) * 45)}%)`;
      return cell;
    });
    return el("tr", {}, el("th", { scope: "row" }, text), ...drawn, el("td", { className: "mean" }, mean));
  })));

const PICTURES = { bars, columns, grid };

const round = ({ prompt, options, open, count, why, picture, before, moved, explained }) => [
  explained ? "" : head(),
  el("h1", { className: explained || prompt.length > 150 ? "long" : "" }, prompt),
  picture ? PICTURES[picture.kind](picture) : options.length ? el("ol", { className: "options" }, ...options.map((text) => el("li", {}, text))) : "",
  explained ? el("ul", { className: "explained" }, ...explained.map(({ text, explanation, right }) => el("li", { className: right ? "right" : "" }, right ? el("b", {}, `✓ ${text} `) : text ? el("b", {}, `${text} `) : "", explanation))) : "",
  el("p", { className: "count", role: "status" }, el("strong", {}, open ? count : `${words.closed} ${count}`), why ? ` ${why}` : "", picture?.said ? ` ${picture.said}` : "", before ? ` ${words.ghost}` : "", moved ? ` ${moved}` : ""),
];

// --- what the lecturer does
let chosenLesson = 0, chosenQuestion = "", early = false;
const choosing = () => {
  const lesson = el("select", { "aria-label": words.lesson }, ...lessons.map(({ title }, at) => el("option", { value: at, selected: at === chosenLesson }, title)));
  const question = el("select", { "aria-label": words.question });
  const list = () => {
    const { questions } = lessons[chosenLesson];
    if (!questions.some(({ id }) => id === chosenQuestion)) chosenQuestion = questions[0].id;
    question.replaceChildren(...questions.map(({ id, label }) => el("option", { value: id, selected: id === chosenQuestion }, label)));
  };
  lesson.addEventListener("change", () => ((chosenLesson = Number(lesson.value)), list()));
  question.addEventListener("change", () => (chosenQuestion = question.value));
  const box = el("input", { type: "checkbox", checked: early, onchange: () => (early = box.checked) });
  list();
  return [
    el("label", {}, words.lesson, lesson),
    el("label", { className: "wide" }, words.question, question),
    el("label", { className: "box" }, box, words.early),
    button(words.ask, () => send({ do: "ask", question: chosenQuestion, early }), "first"),
  ];
};

const ending = () => {
  const others = state.rounds.length ? [button(words.save, act("save"))] : [];
  return [...others, button(words.end, () => sure.showModal(), "last")];
};

const steps = () => {
  const { round: now, rounds } = state;
  if (!now) {
    const earlier = el("select", { onchange: () => earlier.value && send({ do: "look", number: Number(earlier.value) }) }, el("option", { value: "" }, words.earlier_none), ...rounds.map(({ number, name }) => el("option", { value: number }, name)));
    return [...choosing(), ...(rounds.length ? [el("label", {}, words.earlier, earlier)] : []), ...ending()];
  }
  if (now.open) return [button(words.close, act("close"), "first")];
  return [
    button(words.again, act("again"), "first"),
    ...(now.can_explain ? [button(now.explained ? words.no_explanation : words.explain, act("explain"))] : []),
    button(words.next, act("look", { number: null })),
    ...ending(),
  ];
};

let drawn = "";
const draw = () => {
  if (!state) return;
  const { round: now } = state;
  main.replaceChildren(...(now ? round(now) : lobby()).filter((part) => part !== ""));
  document.body.dataset.stage = now ? (now.open ? "open" : "closed") : "lobby";
  // What the lecturer is choosing stays as it is while votes come in.
  const stage = JSON.stringify([now?.number, now?.open, Boolean(now?.explained), state.rounds.length]);
  if (stage === drawn) return;
  const focused = controls.contains(document.activeElement) || document.activeElement === document.body;
  controls.replaceChildren(...steps());
  drawn = stage;
  if (focused) controls.querySelector(".first")?.focus(); // seen by who works with keys, as the browser judges
};

sure.addEventListener("close", () => sure.returnValue === "yes" && send({ do: "end" }));
if (key) connect();
else main.replaceChildren(el("p", { className: "big" }, words.no_key));
