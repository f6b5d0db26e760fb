// One question: a fieldset with its prompt, the controls of its kind, the note that it was saved, and feedback.
// Each kind gives its controls for an answer, and calls save(answer) at every change; text is held while it is typed.
// Where a control shows what is not given yet, such as half a number, unsettled(control, true) says so.
const why = (id) => el("span", { className: "vm-why", hidden: true, "data-for": id });

const single = ({ question, answer, save }) => {
  const name = uid("vm-option");
  const rows = question.options.map(({ id, text }) => {
    const input = el("input", { type: "radio", name, value: id, checked: answer === id });
    input.addEventListener("change", () => save(id));
    return el("div", { className: "vm-option" }, el("label", {}, input, el("span", {}, text)), why(id));
  });
  return el("div", {}, ...rows);
};

const bet = ({ labels, save, answer, ...rest }) => {
  let chosen = answer;
  const options = single({ ...rest, answer, save: (id) => ((chosen = id), (button.disabled = false)) });
  const button = el("button", { type: "button", className: "vm-button", disabled: true }, labels.bet);
  const settle = () => {
    for (const input of options.querySelectorAll("input")) input.disabled = true;
    button.hidden = true;
  };
  button.addEventListener("click", () => (save(chosen), settle()));
  if (answer != null) settle();
  return el("div", {}, options, button);
};

const multiple = ({ question, answer, save }) => {
  const chosen = new Set(answer ?? []);
  const rows = question.options.map(({ id, text }) => {
    const input = el("input", { type: "checkbox", value: id, checked: chosen.has(id) });
    input.addEventListener("change", () => {
      if (input.checked) chosen.add(id);
      else chosen.delete(id);
      save(question.options.map((option) => option.id).filter((option) => chosen.has(option)));
    });
    return el("div", { className: "vm-option" }, el("label", {}, input, el("span", {}, text)), why(id));
  });
  return el("div", {}, ...rows);
};

const MANY = 8; // a long list is ranked faster from the top
const TO_TOP = -Infinity;

const order = ({ question, answer, labels, save }) => {
  const items = new Map(question.items.map((item) => [item.id, item]));
  const ids = answer ?? [...items.keys()];
  const list = el("ol", { className: "vm-order" });
  const spoken = el("p", { className: "vm-hidden", role: "status" });
  const keepAs = (chosen) => {
    save(chosen);
    keep.hidden = true;
  };
  const move = (id, step) => {
    const from = ids.indexOf(id);
    const to = Math.max(from + step, step === TO_TOP ? 0 : -1);
    if (to === from || to < 0 || to >= ids.length) return;
    ids.splice(to, 0, ...ids.splice(from, 1));
    keepAs([...ids]);
    draw();
    list.children[to].querySelector(step < 0 ? ".vm-up" : ".vm-down").focus();
    spoken.textContent = labels.moved.replace("{item}", items.get(id).text).replace("{place}", to + 1);
  };
  const draw = () =>
    list.replaceChildren(
      ...ids.map((id) => {
        const { text, hint } = items.get(id);
        const button = (step, className, label, sign) =>
          el("button", { type: "button", className, "aria-label": `${label}: ${text}`, title: label, onclick: () => move(id, step) }, sign);
        return el("li", {}, el("div", {},
          ids.length > MANY ? button(TO_TOP, "vm-top", labels.top, "1e") : null,
          button(-1, "vm-up", labels.up, "↑"), button(1, "vm-down", labels.down, "↓"),
          el("span", {}, text, hint ? el("small", {}, hint) : null)), why(id));
      }),
    );
  draw();
  // Who agrees with the order on opening has nothing to move.
  const keep = el("button", { type: "button", className: "vm-action vm-keep", hidden: answer != null }, labels.keep);
  keep.addEventListener("click", () => keepAs([...ids]));
  return el("div", {}, list, keep, spoken);
};

const pick = (label, options, value, labels, onPick) => {
  const id = uid("vm-pick");
  const blank = el("option", { value: "" }, labels.pick);
  const select = el("select", { id }, blank, ...options.map((option) => el("option", { value: option.id }, option.text)));
  select.value = value ?? "";
  select.addEventListener("change", () => onPick(select.value));
  return { label: el("label", { htmlFor: id }, label), select };
};

const LONG = 26; // what a select beside its item shows whole; longer ones stand below it
const match = ({ question, answer, labels, save }) => {
  const picked = { ...answer };
  const long = question.categories.some(({ text }) => text.length > LONG) ? " vm-long" : "";
  const rows = question.items.map(({ id, text }) => {
    const { label, select } = pick(text, question.categories, picked[id], labels, (category) => {
      if (category) picked[id] = category;
      else delete picked[id];
      save({ ...picked });
    });
    return el("div", { className: `vm-pair${long}` }, label, select, why(id));
  });
  return el("div", {}, ...rows);
};

// A text field that reads numbers (numbers.js): what is understood stands beside it while one types, what can be two
// numbers is asked, and only a number within the limits is given to `onNumber`. An empty field gives undefined; unless
// `onNumber` takes that (it then gives true) the kept number comes back, for it is still the answer.
const numberField = ({ id, min = -Infinity, max = Infinity, unit = "", value, labels, unsettled }, onNumber) => {
  const write = (number, grouped = true) => number.toLocaleString("nl-BE", { maximumFractionDigits: 10, useGrouping: grouped });
  const input = el("input", { type: "text", id, inputMode: "decimal", autocomplete: "off", value: value === undefined ? "" : write(value, false) });
  let settled = input.value; // what is in the field and was understood
  const note = el("span", { className: "vm-understood", role: "status" });
  const say = (text, wrong = false, ...more) => {
    note.replaceChildren(text, ...more);
    note.classList.toggle("vm-wrong", wrong);
    input.setAttribute("aria-invalid", String(wrong));
  };
  const limits = () => labels[min === -Infinity ? "most" : max === Infinity ? "least" : "range"].replace("{min}", write(min)).replace("{max}", write(max));
  const readings = () => {
    const all = readNumber(input.value);
    const fit = all.filter((number) => number >= min && number <= max);
    return { all, fit };
  };
  const understood = (number) => `= ${write(number)} ${unit}`.trim();
  let kept = value === undefined ? "" : understood(value); // what stands beside what is in the field
  const settle = (number) => {
    settled = input.value = write(number, false);
    say((kept = understood(number)));
    unsettled(input, false);
    onNumber(number);
  };
  const show = (done) => {
    const { all, fit } = readings();
    if (!input.value.trim()) say("");
    else if (!all.length) say(done ? labels.no_number : "", done);
    else if (!fit.length) say(done ? limits() : "", done);
    else if (all.length === 1) say(understood(fit[0]));
    else if (!note.querySelector("button") || note.dataset.asked !== input.value) {
      note.dataset.asked = input.value; // asked once: a click on a choice first leaves the field
      const choices = fit.map((number) => el("button", { type: "button", className: "vm-action", onclick: () => settle(number) }, `${write(number, false)} ${unit}`.trim()));
      say(`${labels.which} `, false, ...choices);
    }
    return all.length === 1 ? fit : [];
  };
  const done = () => {
    if (input.value === settled) return void (say(kept), unsettled(input, false));
    const fit = show(true);
    if (!input.value.trim()) {
      if (onNumber(undefined)) settled = kept = "";
      input.value = settled;
      say(kept);
      unsettled(input, false);
    } else if (fit.length === 1) settle(fit[0]);
  };
  input.addEventListener("input", () => (show(false), unsettled(input, input.value !== settled)));
  input.addEventListener("change", done);
  input.addEventListener("keydown", ({ key }) => key === "Enter" && done());
  say(kept);
  return [input, note];
};

const number = ({ question, answer, labels, save, unsettled }) => {
  const id = uid("vm-number");
  let kept = answer; // going back to the first answer is a change too
  const given = (value) => void (value !== undefined && value !== kept && save((kept = value)));
  const [input, note] = numberField({ ...question, id, value: answer, labels, unsettled }, given);
  const label = question.label ? el("label", { htmlFor: id }, question.label, " ") : null;
  if (!label) input.setAttribute("aria-label", question.prompt);
  return el("div", { className: "vm-number" }, label, input, el("span", {}, ` ${question.unit}`), note);
};

const numbers = ({ question, answer, labels, save, unsettled }) => {
  const given = { ...answer };
  const rows = question.items.map((item) => {
    const { id, text, unit = "", min, max } = { ...question, ...item };
    const field = uid("vm-number");
    const [input, note] = numberField({ id: field, min, max, unit, value: given[id], labels, unsettled }, (value) => {
      if (value === given[id]) return true;
      if (value === undefined) delete given[id];
      else given[id] = value;
      save({ ...given });
      return true;
    });
    return el("div", { className: "vm-figure" }, el("label", { htmlFor: field }, text), input, el("span", {}, unit), note, why(id));
  });
  return el("div", {}, ...rows);
};

const code = ({ question, answer, labels, save, unsettled }) => {
  const id = uid("vm-code");
  const { keys: pattern, hint: title, label } = question;
  const input = el("input", { type: "text", id, title, autocomplete: "off", spellcheck: false, value: answer ?? "" });
  const note = el("span", { className: "vm-understood", role: "status" });
  let kept = answer;
  const keep = () => {
    const fits = new RegExp(`^(?:${pattern})$`, "u").test(input.value);
    const wrong = input.value !== "" && !fits;
    note.textContent = wrong ? labels.no_code.replace("{hint}", title) : "";
    note.classList.toggle("vm-wrong", wrong);
    input.setAttribute("aria-invalid", String(wrong));
    if (!input.value) input.value = kept ?? ""; // it is still the answer
    unsettled(input, wrong);
    if (!fits || input.value === kept) return;
    kept = input.value;
    save(kept);
  };
  input.addEventListener("input", () => unsettled(input, input.value !== (kept ?? "")));
  input.addEventListener("change", keep);
  input.addEventListener("keydown", ({ key }) => key === "Enter" && keep());
  return el("div", { className: "vm-typed" }, el("label", { htmlFor: id }, label, " "), input, el("span", {}, ` ${title}`), note);
};

const slider = ({ question, answer, labels, save, unsettled }) => {
  const { min, max, step, left, right } = question;
  const value = answer ?? question.start;
  const range = sentenceRange({ sentence: question.sentence, min, max, step, value }, () => {});
  const untouched = el("p", { className: "vm-untouched" }, labels.untouched);
  untouched.hidden = answer != null;
  const settle = () => ((untouched.hidden = true), unsettled(range.input, false), save(range.input.valueAsNumber));
  range.input.addEventListener("input", () => unsettled(range.input, true));
  range.input.addEventListener("change", settle);
  range.input.addEventListener("keydown", (event) => event.key === "Enter" && settle());
  return el("div", {}, range.node, el("div", { className: "vm-ends", "aria-hidden": "true" }, el("span", {}, left), el("span", {}, right)), untouched);
};

const text = ({ question, answer, labels, hold, send }) => {
  const area = el("textarea", { rows: 5, maxLength: question.max_chars, value: answer ?? "", "aria-label": question.prompt });
  const count = el("p", { className: "vm-count" });
  let timer;
  const words = () => area.value.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  const show = () => (count.textContent = fillCount(labels.words, words()).replace("{min}", question.min_words));
  const keep = () => (clearTimeout(timer), send());
  area.addEventListener("input", () => {
    show();
    hold(area.value);
    clearTimeout(timer);
    timer = setTimeout(keep, 600);
  });
  area.addEventListener("blur", keep);
  show();
  return el("div", { className: "vm-text" }, area, count);
};

// The grounds of a krachtlijn unfold as whole arguments; the chosen one stays in view, whole too.
const grounds = (offered, chosen, labels, onPick) => {
  const name = uid("vm-ground");
  const summary = el("summary", {}, fillCount(labels.grounds, offered.length));
  const shown = el("div", { className: "vm-ground" });
  const show = (ground) => shown.replaceChildren(...(ground ? [el("p", {}, `${ground.id} · ${ground.text}`)] : []),
    ...(ground?.caveat ? [el("p", { className: "vm-caveat" }, ground.caveat)] : []));
  const rows = offered.map((ground) => {
    const input = el("input", { type: "radio", name, value: ground.id, checked: ground.id === chosen });
    input.addEventListener("change", () => (show(ground), onPick(ground.id)));
    // With the arrow keys one goes on through the list; who points at one has chosen.
    input.addEventListener("click", ({ detail }) => detail && (list.open = false));
    return el("div", { className: "vm-option" }, el("label", {}, input, el("span", {}, `${ground.id} · ${ground.text}`)));
  });
  const list = el("details", { className: "vm-grounds" }, summary, ...rows);
  show(offered.find(({ id }) => id === chosen));
  return el("fieldset", {}, el("legend", {}, labels.ground), shown, list);
};

const scan = ({ question, answer, labels, save }) => {
  const given = structuredClone(answer ?? {});
  const scores = ["-2", "-1", "0", "1", "2"].map((id) => ({ id, text: labels.scores[id] }));
  const rows = question.items.map(({ id, text: name, hint, grounds: offered }) => {
    given[id] ??= {};
    const set = (field) => (value) => {
      given[id][field] = value;
      save(structuredClone(given));
    };
    const score = pick(labels.score, scores, given[id].score, labels, set("score"));
    return el("fieldset", { className: "vm-krachtlijn" }, el("legend", {}, name), el("p", {}, hint),
      el("div", { className: "vm-pair" }, score.label, score.select), grounds(offered, given[id].ground, labels, set("ground")), why(id));
  });
  return el("div", {}, ...rows);
};

// The scores of this lesson beside those of earlier ones: per krachtlijn a small column for each lesson.
const drawScans = (figure, items, scans, caption) => {
  const column = (name, score) => {
    const bar = el("li", {}, el("small", {}, name), el("b", {}, score === undefined ? "·" : `${score > 0 ? "+" : ""}${score}`.replace("-", "−")));
    bar.style.setProperty("--score", score ?? 0);
    bar.classList.toggle("vm-below", score < 0);
    return bar;
  };
  const some = scans.some(({ scores }) => Object.keys(scores).length);
  const rows = items.flatMap(({ id, text }) => [el("dt", {}, text), el("dd", {}, el("ul", {}, ...scans.map(({ name, scores }) => column(name, scores[id]))))]);
  figure.replaceChildren(...(some ? [el("figcaption", {}, caption), el("dl", {}, ...rows)] : []));
};

const ranking = (asked) => (asked.question.open ? rankSome : order)(asked);

const KINDS = { single, bet, multiple, order, ranking, match, number, numbers, code, slider, text, scan };

// What somebody wrote elsewhere at the same moment, with the choice to put it under one's own text or leave it out.
const others = (model, labels, add) => {
  const rows = model.get("also").map((text) => el("blockquote", {}, text));
  const action = (label, act) => el("button", { type: "button", className: "vm-action", onclick: act }, label);
  return rows.length === 0 ? [] : [el("p", {}, labels.also), ...rows, action(labels.add, add), action(labels.drop, () => model.send({ settle: model.get("also") }))];
};

// Written out with its keys in order: what comes back from disk may have another.
const written = (answer) => JSON.stringify(answer ?? null, (_key, value) => (value?.constructor === Object ? Object.fromEntries(Object.entries(value).sort()) : value));
const same = (one, other) => written(one) === written(other);

// Feedback that was asked for is there again when the page is reopened, as long as the answer is that of then.
const checked = (model) => {
  const key = `vermarkting-checked:${model.get("place")}:${model.get("name")}`;
  return {
    ask: (answer) => {
      try {
        localStorage.setItem(key, written(answer));
      } catch { /* a browser that keeps nothing */ }
      model.send("check");
    },
    again: () => {
      let known = null;
      try {
        known = localStorage.getItem(key);
      } catch { /* as above */ }
      if (known !== null && model.get("checkable") && model.get("answer") != null && known === written(model.get("answer"))) model.send("check");
    },
  };
};

parts.question = {
  render({ model, el: root }) {
    ownKeys(root);
    const question = model.get("question");
    const labels = model.get("labels");
    const place = el("div");
    const status = el("p", { className: "vm-status", role: "status" });
    const verdict = el("div", { className: "vm-verdict", role: "status" });
    const elsewhere = el("div", { className: "vm-elsewhere" });
    let shown; // the answer that the controls show
    let stage = "kept";
    const open = new Set(); // controls that show what is not given yet

    const say = (why) => {
      const half = stage === "kept" && open.size > 0;
      status.textContent = half ? lifeLabels().unsettled : stage === "kept" ? model.get("status") : why;
      status.dataset.stage = half ? "unsettled" : stage;
    };
    const unsettled = (control, is) => {
      if (is === open.has(control)) return;
      if (is) open.add(control);
      else open.delete(control);
      if (stage === "kept") say();
    };
    const life = answering(model, root, (name, why) => ((stage = name), say(why), name === "kept" && follow()));
    const keeping = { save: (answer) => ((shown = answer), life.give(answer), picture()), hold: (answer) => ((shown = answer), life.hold(answer)), send: life.send, unsettled };

    const scans = el("figure", { className: "vm-scans" });
    const picture = () => {
      if (question.kind !== "scan") return;
      const scores = Object.entries(shown ?? {}).flatMap(([id, { score }]) => (score ? [[id, Number(score)]] : []));
      const own = { name: model.get("here"), scores: Object.fromEntries(scores) };
      drawScans(scans, question.items, [...(model.get("earlier") ?? []), own], labels.scanned);
    };

    const draw = () => {
      shown = structuredClone(model.get("answer") ?? undefined);
      const controls = () => [...place.querySelectorAll("input, select, textarea, button, summary")];
      const unfolded = [...place.querySelectorAll("details")].map(({ open }) => open);
      const at = controls().indexOf(document.activeElement);
      const caret = at >= 0 && document.activeElement.selectionStart;
      const half = open.has(document.activeElement) && document.activeElement.type === "text" ? document.activeElement.value : undefined;
      open.clear();
      place.replaceChildren(KINDS[question.kind]({ question, labels, answer: structuredClone(shown), ...keeping }));
      place.querySelectorAll("details").forEach((list, i) => (list.open = unfolded[i] ?? false));
      const again = at >= 0 ? controls()[at] : undefined;
      again?.focus();
      if (half !== undefined) {
        again.value = half; // what is being typed stays
        again.dispatchEvent(new Event("input"));
      }
      if (again?.tagName === "TEXTAREA" || half !== undefined) again.setSelectionRange(caret, caret);
      if (stage === "kept") say();
      tell();
      picture();
    };
    // Another view or program may have changed the answer; what is being entered here comes first, and is merged.
    const follow = () => !life.busy() && !same(shown, model.get("answer")) && draw();
    const tell = () => {
      const { verdict: sentences = [], why: reasons = {} } = model.get("feedback");
      verdict.replaceChildren(...sentences.map((sentence) => el("p", {}, sentence)));
      for (const slot of root.querySelectorAll(".vm-why")) {
        slot.textContent = reasons[slot.dataset.for] ?? "";
        slot.hidden = !slot.textContent;
      }
    };
    const showOthers = () => elsewhere.replaceChildren(...others(model, labels, () => {
      life.give([shown, ...model.get("also")].filter(Boolean).join("\n\n")); // once that is kept, they are settled
    }));

    const check = el("button", { type: "button", className: "vm-button", hidden: !model.get("checkable") }, labels.check);
    const explain = checked(model);
    check.addEventListener("click", () => explain.ask(shown));
    const prompt = question.prompt.split("\n\n").map((paragraph) => el("span", {}, paragraph));
    root.append(el("fieldset", { className: `vm-question vm-kind-${question.kind}` }, el("legend", {}, ...prompt), place, elsewhere, check, status, verdict, scans));
    draw();
    explain.again();
    showOthers();
    if (stage === "kept") say();
    model.on("change:feedback", tell);
    model.on("change:status", () => stage === "kept" && say());
    model.on("change:answer", follow);
    model.on("change:also", showOthers);
    model.on("change:earlier change:here", picture);
    whileAlive(model, root);
  },
};
