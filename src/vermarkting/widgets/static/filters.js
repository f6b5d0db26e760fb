// Drop-down lists side by side; `chosen` holds what each is set to.
parts.filters = {
  render({ model, el: root }) {
    ownKeys(root);
    const selects = new Map();
    const grid = el("div", { className: "vm-filters", role: "group", "aria-label": model.get("legend") });
    for (const { id, legend, options } of model.get("choices")) {
      const name = uid("vm-filter");
      const select = el("select", { id: name }, ...options.map(({ id: value, text }) => el("option", { value }, text)));
      select.addEventListener("change", () => {
        model.set("chosen", { ...model.get("chosen"), [id]: select.value });
        model.save_changes();
      });
      selects.set(id, select);
      grid.append(el("div", {}, el("label", { htmlFor: name }, legend), select));
    }
    const show = () => selects.forEach((select, id) => (select.value = model.get("chosen")[id] ?? ""));
    show();
    model.on("change:chosen", show);
    root.append(grid);
  },
};
