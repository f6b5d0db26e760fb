// How a student takes part: the code, then what the class is asked, then the own answer as it will leave. Nothing leaves
// before the button is pressed, but a chance number by which one browser counts once.
//
// takePart(root, { words, service, code, own }) draws in `root`. `service`: the address of the service, "" where the
// student types it. `own(id)`: a promise of the answer on the student's sheet, where the page has one. Gives {stop}.
const LOST_MS = 50_000; // the service is heard every twenty seconds
const UNKEPT_MS = 5_000;
const WAITS_MS = [500, 1000, 2000, 4000, 8000];

const el = (tag, props = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name in node) node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== undefined));
  return node;
};
const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const number = (value) => String(value).replace(".", ",");
const signed = (score) => (score > 0 ? `+${score}` : String(score).replace("-", "−"));

// The chance number of this browser in this conversation; it is forgotten with it.
const tokenOf = (service, code) => {
  const key = `vermarkting:live:${service}:${code}`;
  const made = crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  try {
    const kept = localStorage.getItem(key) ?? made;
    localStorage.setItem(key, kept);
    return { token: kept, forget: () => localStorage.removeItem(key) };
  } catch {
    return { token: made, forget() {} };
  }
};

// A line that comes back: after sleep, a lost network or a service that starts again.
const connect = (service, hello, hear, state) => {
  let socket, heard, again, stopped, tries = 0;
  const open = () => {
    clearTimeout(again);
    if (stopped || (socket && socket.readyState < 2)) return;
    const ours = (socket = new WebSocket(`${service.replace(/^http/, "ws")}mee`));
    heard = Date.now();
    ours.onopen = () => ours.send(JSON.stringify(hello));
    ours.onmessage = ({ data }) => {
      [heard, tries] = [Date.now(), 0];
      state(true);
      hear(JSON.parse(data));
    };
    ours.onclose = () => {
      if (stopped || ours !== socket) return;
      state(false);
      again = setTimeout(open, WAITS_MS[Math.min(tries++, WAITS_MS.length - 1)] * (0.5 + Math.random()));
    };
  };
  const look = () => {
    if (stopped || document.visibilityState === "hidden") return;
    if (socket.readyState > 1 || Date.now() - heard > LOST_MS) (socket.close(), (socket = undefined), open());
    else if (socket.readyState === 1) socket.send('{"tick":true}');
  };
  const timer = setInterval(look, 20_000);
  const wakes = [[document, "visibilitychange"], [window, "online"], [window, "pageshow"]];
  for (const [target, name] of wakes) target.addEventListener(name, look);
  open();
  return {
    send: (message) => socket?.readyState === 1 && socket.send(JSON.stringify(message)),
    again: () => (socket?.close(), (socket = undefined), open()),
    stop() {
      stopped = true;
      clearTimeout(again);
      clearInterval(timer);
      for (const [target, name] of wakes) target.removeEventListener(name, look);
      socket?.close();
    },
  };
};

// --- one form per kind of question: {node, set(value), get()}; get gives undefined while the answer is not whole
const choiceForm = ({ options, prompt }, changed) => {
  const name = `vml-${crypto.getRandomValues(new Uint32Array(1))[0]}`;
  const inputs = options.map(({ id }) => el("input", { type: "radio", name, value: id, onchange: changed }));
  const labels = options.map(({ text }, at) => el("label", { className: "vml-option" }, inputs[at], el("span", {}, text)));
  return {
    node: el("fieldset", {}, el("legend", { className: "vml-prompt" }, prompt), ...labels),
    set: (value) => inputs.forEach((input) => (input.checked = input.value === value)),
    get: () => inputs.find(({ checked }) => checked)?.value,
  };
};

const numberForm = ({ prompt, min, max, step, left = "", right = "" }, changed, words) => {
  let touched = false;
  const shown = el("output", {}, words.no_number);
  const input = el("input", { type: "range", min, max, step, "aria-label": prompt });
  input.value = (min + max) / 2;
  const show = () => (shown.textContent = touched ? number(input.value) : words.no_number);
  input.addEventListener("input", () => ((touched = true), show(), changed()));
  // A slider that already stands where one wants it gives no "input".
  input.addEventListener("pointerup", () => ((touched = true), show(), changed()));
  const ends = el("div", { className: "vml-ends" }, el("span", {}, left || number(min)), el("span", {}, right || number(max)));
  return {
    node: el("div", {}, el("p", { className: "vml-prompt" }, prompt), el("div", { className: "vml-number" }, shown), input, ends),
    set: (value) => ((touched = true), (input.value = value), show()),
    get: () => (touched ? Number(input.value) : undefined),
  };
};

const scoresForm = ({ prompt, options, scores }, changed) => {
  const rows = options.map((option) => choiceForm({ prompt: option.text, options: scores.map((id) => ({ id, text: signed(Number(id)) })) }, changed));
  for (const { node } of rows) node.className = "vml-scores";
  return {
    node: el("div", {}, el("p", { className: "vml-prompt" }, prompt), ...rows.map(({ node }) => node)),
    set: (value) => options.forEach(({ id }, at) => value[id] && rows[at].set(value[id])),
    get: () => {
      const given = options.map(({ id }, at) => [id, rows[at].get()]).filter(([, score]) => score);
      return given.length ? Object.fromEntries(given) : undefined;
    },
  };
};

const orderForm = ({ prompt, options, open }, changed, words) => {
  let order = [];
  const buttons = new Map(options.map(({ id, text }) => [id, el("button", { type: "button", className: "vml-rank" }, el("b"), el("span", {}, text))]));
  const show = () => {
    for (const [id, button] of buttons) {
      const at = order.indexOf(id);
      button.firstChild.textContent = at < 0 ? "" : at + 1;
      button.setAttribute("aria-pressed", at >= 0);
    }
  };
  for (const [id, button] of buttons) button.addEventListener("click", () => {
    order = order.includes(id) ? order.filter((one) => one !== id) : [...order, id];
    show();
    changed();
  });
  show();
  return {
    node: el("div", {}, el("p", { className: "vml-prompt" }, prompt), el("p", {}, open ? words.rank_some : words.rank_all), ...buttons.values()),
    set: (value) => ((order = value.filter((id) => buttons.has(id))), show()),
    get: () => ((open ? order.length : order.length === options.length) ? [...order] : undefined),
  };
};

const attacksForm = ({ prompt }, _changed, words) => {
  let attacks;
  const shown = el("p", {}, words.only_in_lab);
  return {
    node: el("div", {}, el("p", { className: "vml-prompt" }, prompt), shown),
    set: (value) => ((attacks = value), shown.remove()),
    get: () => attacks,
  };
};

const FORMS = { choice: choiceForm, number: numberForm, scores: scoresForm, order: orderForm, attacks: attacksForm };

// What stands on the sheet, as a vote: ids and numbers, never what somebody wrote.
const voteOf = ({ form, known }, answer) => {
  if (answer === undefined || answer === null) return undefined;
  if (form === "scores") {
    const scores = Object.entries(answer).filter(([, row]) => row?.score).map(([id, { score }]) => [id, score]);
    return scores.length ? Object.fromEntries(scores) : undefined;
  }
  if (form === "attacks") return Object.keys(answer).filter((attack) => known.includes(attack));
  return answer;
};

const inWords = (question, vote, words) => {
  const name = (id) => question.options.find((option) => option.id === id)?.text ?? id;
  if (question.form === "choice") return name(vote);
  if (question.form === "number") return number(vote);
  if (question.form === "scores") return Object.entries(vote).map(([id, score]) => `${name(id)} ${signed(Number(score))}`).join(" · ");
  if (question.form === "order") return vote.map((id, at) => `${at + 1}. ${name(id)}`).join(" · ");
  return vote.length ? vote.map((attack) => attack.replace(">", " → ")).join(", ") : words.no_attacks;
};

const dress = () => {
  const href = new URL("panel.css", import.meta.url).href;
  if (![...document.styleSheets].some((sheet) => sheet.href === href)) document.head.append(el("link", { rel: "stylesheet", href }));
};

export const takePart = (root, { words, service = "", code = "", own = async () => undefined }) => {
  dress();
  root.classList.add("vml");
  root.lang = "nl";
  let line, stopAsking;
  const told = el("p", { className: "vml-told", role: "status" });
  const say = (sentence, state = "") => ((told.textContent = sentence), (told.dataset.state = state));

  const door = (why = "") => {
    line?.stop();
    line = undefined;
    const address = el("input", { name: "address", inputMode: "url", autocomplete: "off", autocapitalize: "off", spellcheck: false, placeholder: words.address_example });
    const letters = el("input", { name: "code", autocomplete: "off", autocapitalize: "characters", spellcheck: false, maxLength: 5, size: 7, value: code });
    const form = el("form", {}, ...(service ? [] : [el("label", {}, words.address, address)]), el("label", {}, words.code, letters), el("p", { className: "vml-small" }, words.before), el("button", { className: "vml-go" }, words.join));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const [base, fragment] = (service || baseOf(address.value)).split("#");
      if (fragment) letters.value = fragment;
      enter(base, letters.value.trim().toUpperCase());
    });
    root.replaceChildren(el("h2", {}, words.title), form, told);
    say(why, why ? "wrong" : "");
    if (why) letters.focus();
  };

  const baseOf = (typed) => {
    const [place, fragment] = typed.trim().split("#");
    const whole = /^https?:/.test(place) ? place : `http://${place}`;
    return `${whole.replace(/\/?$/, "/")}${fragment ? `#${fragment.toUpperCase()}` : ""}`;
  };

  const enter = (base, letters) => {
    code = letters;
    let address;
    try {
      address = new URL(base);
    } catch {
      return say(words.no_address, "wrong");
    }
    if (letters.length !== 5) return say(words.no_code, "wrong");
    const { token, forget } = tokenOf(address.href, letters);
    let question, form, held, unkept, count = 0, joined = false;
    const stage = el("div");
    const end = (why) => (line.stop(), clearTimeout(unkept), stopAsking?.(), forget(), door(why));

    const wait = () => {
      stopAsking?.();
      [question, form, held] = [undefined, undefined, undefined];
      stage.replaceChildren(el("p", { className: "vml-wait" }, words.waiting));
    };

    const offer = async (round, mine) => {
      if (question?.number === round.number) { // the same round, after a lost line
        if (held) send();
        return;
      }
      stopAsking?.();
      held = undefined;
      question = round;
      let touched = false;
      const note = el("p", { className: "vml-small" });
      const leaves = el("p", { className: "vml-leaves" });
      const go = el("button", { type: "button", className: "vml-go" }, words.send);
      const show = () => {
        const vote = form.get();
        go.disabled = vote === undefined;
        leaves.textContent = vote === undefined ? words.nothing_leaves : fill(words.leaves, { answer: inWords(round, vote, words) });
      };
      const changed = () => ((touched = true), (note.textContent = ""), go.textContent === words.send || (go.textContent = words.change), say(""), show());
      form = FORMS[round.form](round, changed, words);
      go.addEventListener("click", () => {
        held = { round: round.number, vote: form.get(), n: ++count };
        say(words.sending);
        send();
        go.textContent = words.change;
      });
      const fromSheet = async () => {
        const vote = round.again || touched ? undefined : voteOf(round, await own(round.id).catch(() => undefined));
        if (vote === undefined || touched || question !== round) return;
        form.set(vote);
        note.textContent = words.from_lesson;
        show();
      };
      stage.replaceChildren(...(round.again ? [el("p", { className: "vml-again" }, words.again)] : []), form.node, note, leaves, go, el("p", { className: "vml-small" }, words.nothing_else));
      say("");
      root.dispatchEvent(new CustomEvent("vermarkting:asked", { bubbles: true }));
      if (mine !== null && mine !== undefined) {
        touched = true;
        form.set(mine);
        go.textContent = words.change;
        say(words.kept, "kept");
      }
      show();
      const follow = () => fromSheet();
      document.addEventListener("vermarkting:answered", follow);
      stopAsking = () => document.removeEventListener("vermarkting:answered", follow);
      await fromSheet();
    };

    const send = () => {
      clearTimeout(unkept);
      line.send(held);
      unkept = setTimeout(() => held && line.again(), UNKEPT_MS);
    };

    const hear = (message) => {
      if (message.refused && message.n === undefined) {
        end(message.refused === "full" ? words.full : words.no_session);
      } else if (message.ended) end(words.ended);
      else if (message.n !== undefined) {
        if (held?.n !== message.n) return;
        clearTimeout(unkept);
        if (message.refused === "not_kept") {
          say(words.not_kept, "wrong");
          unkept = setTimeout(send, UNKEPT_MS);
          return;
        }
        held = undefined;
        if (message.refused) say(words.too_late, "wrong");
        else say(words.kept, "kept");
      } else if ("round" in message) {
        if (!joined) {
          joined = true;
          root.replaceChildren(el("h2", {}, words.title), stage, told, leave);
          root.querySelector("h2").tabIndex = -1;
          root.querySelector("h2").focus();
        }
        if (message.round) offer(message.round, message.mine);
        else {
          const late = Boolean(held);
          wait();
          if (late) say(words.too_late, "wrong");
        }
      }
    };
    const leave = el("button", { type: "button", className: "vml-leave", onclick: () => end("") }, words.leave);
    say(words.connecting);
    line?.stop();
    line = connect(address.href, { join: letters, me: token }, hear, (up) => {
      if (!up) say(joined ? words.lost : words.not_reached, "wrong");
      else if (told.textContent === words.lost) say("");
    });
  };

  door();
  if (service && code.length === 5) enter(service, code.toUpperCase());
  return { stop: () => (line?.stop(), stopAsking?.()) };
};
