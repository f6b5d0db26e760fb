// Deal out equal things over people: drag one onto a person or back, or use the buttons of each person.
parts.dealing = {
  render({ model, el: root }) {
    ownKeys(root);
    const labels = model.get("labels");
    // Kept here: an echo of an earlier change must not undo one that still waits to be sent.
    let value = model.get("value");
    let gone = false;
    const left = () => model.get("stock") - Object.values(value).reduce((sum, count) => sum + (count ?? 0), 0);
    const give = (changes) => {
      value = { ...value, ...changes };
      model.set("value", value);
      model.save_changes();
      show();
    };
    let from; // whose thing is being dragged, "" is the stock
    const thing = (owner) => {
      const node = el("span", { className: "vm-thing", draggable: true, title: labels.thing });
      node.addEventListener("dragstart", (event) => ((from = owner), event.dataTransfer.setData("text/plain", labels.thing)));
      node.addEventListener("dragend", () => (from = undefined));
      return node;
    };
    const takes = (node, owner) => {
      node.addEventListener("dragover", (event) => from !== undefined && (event.preventDefault(), node.classList.add("vm-over")));
      node.addEventListener("dragleave", () => node.classList.remove("vm-over"));
      node.addEventListener("drop", (event) => {
        event.preventDefault();
        node.classList.remove("vm-over");
        if (from === undefined || from === owner || (owner && (value[owner] ?? 0) >= model.get("most"))) return;
        give({ ...(from && { [from]: value[from] - 1 }), ...(owner && { [owner]: (value[owner] ?? 0) + 1 }) });
      });
      return node;
    };
    const stock = takes(el("div", { className: "vm-stock" }), "");
    const told = el("p", { role: "status" });
    const things = el("div", { className: "vm-things", "aria-hidden": "true" });
    stock.append(told, things);
    const rows = model.get("people").map(({ id, title, claim, speaker }) => {
      const button = (className, label, sign, by) =>
        el("button", { type: "button", className: `vm-action ${className}`, "aria-label": label, onclick: () => give({ [id]: (value[id] ?? 0) + by }) }, sign);
      const [less, more] = [button("vm-less", `${labels.less}: ${title}`, "−", -1), button("vm-more", `${labels.more}: ${title}`, "+", 1)];
      const count = el("span", { className: "vm-dealt" });
      const had = el("span", { className: "vm-things", "aria-hidden": "true" });
      const refuse = el("input", { type: "checkbox", onchange: () => give({ [id]: refuse.checked ? null : 0 }) });
      const row = takes(el("div", { className: "vm-receiver", role: "group", "aria-label": title },
        el("p", {}, el("strong", {}, title), ` · ${speaker}. ${claim}`),
        el("div", { className: "vm-row" }, less, more, count, had, el("label", {}, refuse, labels.refuse))), id);
      const show = () => {
        const now = value[id];
        less.disabled = gone || !now;
        more.disabled = gone || now === null || now >= model.get("most") || left() < 1;
        refuse.checked = now === null;
        refuse.disabled = gone;
        row.classList.toggle("vm-refused", now === null);
        count.textContent = now === null ? "" : now;
        had.replaceChildren(...Array.from({ length: now ?? 0 }, () => thing(id)));
      };
      return { row, show, controls: [less, more, refuse] };
    });
    const show = () => {
      const rest = left();
      told.textContent = rest ? fillCount(labels.left, rest) : labels.none_left;
      things.replaceChildren(...Array.from({ length: rest }, () => thing("")));
      const focused = rows.flatMap(({ controls }) => controls).find((control) => control === document.activeElement);
      for (const { show: showRow } of rows) showRow();
      if (focused?.disabled) focused.closest(".vm-row").querySelector("button:enabled, input")?.focus();
    };
    root.append(el("div", { className: "vm-dealing" }, stock, ...rows.map(({ row }) => row)));
    show();
    whileAlive(model, root, (state) => {
      gone = state === "gone";
      root.title = gone ? lifeLabels().gone : "";
      show();
    });
  },
};
