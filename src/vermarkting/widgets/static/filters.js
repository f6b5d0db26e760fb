// Drop-down lists side by side; `chosen` holds what each is set to.
parts.filters = {
  render({ model, el: root }) {
    ownKeys(root);
    const selects = new Map();
    const grid = el("div", { className: "vm-filters", role: "group", "aria-label": model.get("legend") });
    if (model.get("search")) {
      // The list follows when one stops typing for a moment.
      const name = uid("vm-filter");
      const words = el("input", { type: "search", id: name, autocomplete: "off", maxLength: 100 });
      let later;
      words.addEventListener("input", () => {
        clearTimeout(later);
        later = setTimeout(() => (model.set("chosen", { ...model.get("chosen"), words: words.value }), model.save_changes()), 200);
      });
      selects.set("words", words);
      grid.append(el("div", {}, el("label", { htmlFor: name }, model.get("search")), words));
    }
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
    const show = () =>
      selects.forEach((control, id) => {
        const typing = control === document.activeElement && id === "words";
        if (!typing) control.value = model.get("chosen")[id] ?? "";
      });
    show();
    model.on("change:chosen", show);
    root.append(grid);
  },
};
