// Things to write a note about: an attack that fails and why, a premise that is missing. What is kept stays readable.
parts.notes = {
  render({ model, el: root }) {
    ownKeys(root);
    const labels = model.get("labels");
    // What is written and not given yet stays in this browser, also over a reload; the status does not call it kept.
    const draftsKey = `${HELD}drafts:${model.get("place")}:${model.get("name")}`;
    const drafts = new Map(stored(draftsKey, []));
    const drafted = (id, words) => {
      if (words === undefined) drafts.delete(id);
      else drafts.set(id, words);
      store(draftsKey, drafts.size ? [...drafts] : undefined);
    };
    let stage = "kept";
    const said = (why) => {
      const half = stage === "kept" && model.get("writable") && model.get("items").some(({ id }) => drafts.has(id));
      status.textContent = half ? lifeLabels().unsettled : stage === "kept" ? model.get("status") : why;
      status.dataset.stage = half ? "unsettled" : stage;
    };
    const place = el("div", { className: "vm-notes" });
    const status = el("p", { className: "vm-status", role: "status" });

    const counted = (text) => {
      const words = text.split(/\s+/).filter(Boolean).length;
      return fillCount(labels.words, words);
    };
    const form = ({ id, text, note }) => {
      if (drafts.get(id)?.trim() === note) drafted(id);
      const name = uid("vm-note");
      const area = el("textarea", { id: name, rows: 3, maxLength: model.get("most"), value: drafts.get(id) ?? note });
      const count = el("p", { className: "vm-count" }, counted(area.value));
      area.addEventListener("input", () => {
        drafted(id, area.value.trim() === note ? undefined : area.value);
        count.textContent = counted(area.value);
        if (stage === "kept") said();
      });
      const send = (words) => () => life.give({ id, note: words() }, id);
      const buttons = [el("button", { type: "button", className: "vm-action", onclick: send(() => area.value) }, labels.keep)];
      if (note) buttons.push(el("button", { type: "button", className: "vm-action", onclick: () => (drafted(id), send(() => "")()) }, labels.drop));
      return el("details", { open: Boolean(note) || drafts.has(id), "data-id": id },
        el("summary", {}, text), el("label", { htmlFor: name }, labels.ask), area, count, el("div", { className: "vm-pages" }, ...buttons));
    };
    const closed = ({ id, text }) => el("p", { "data-id": id }, text);
    const draw = () => {
      const open = new Set([...place.querySelectorAll("details[open]")].map((node) => node.dataset.id));
      const focused = place.contains(document.activeElement) ? document.activeElement.closest("[data-id]")?.dataset.id : null;
      place.replaceChildren(...model.get("items").map(model.get("writable") ? form : closed));
      for (const node of place.querySelectorAll("details")) if (open.has(node.dataset.id)) node.open = true;
      if (focused) place.querySelector(`[data-id="${CSS.escape(focused)}"] summary`)?.focus();
      if (stage === "kept") said();
    };
    const life = answering(model, root, (name, why) => ((stage = name), said(why)));
    draw();
    model.on("change:items change:writable", draw);
    model.on("change:status", () => stage === "kept" && said());
    root.append(place, status);
    whileAlive(model, root);
  },
};
