parts.choice = {
  render({ model, el: root }) {
    ownKeys(root);
    const choose = (value) => {
      model.set("value", value);
      model.save_changes();
    };
    const options = model.get("options");
    if (model.get("compact")) {
      const id = uid("vm-select");
      const select = el("select", { id }, ...options.map(({ id: value, text }) => el("option", { value }, text)));
      select.value = model.get("value");
      select.addEventListener("change", () => choose(select.value));
      model.on("change:value", () => (select.value = model.get("value")));
      root.append(el("div", { className: "vm-choice" }, el("label", { htmlFor: id }, model.get("legend")), select));
      deadLooksDead(model, root, () => [select]);
      return;
    }
    const name = uid("vm-choice");
    const inputs = new Map();
    const rows = options.map(({ id, text, hint }) => {
      const input = el("input", { type: "radio", name, value: id, checked: id === model.get("value") });
      input.addEventListener("change", () => choose(id));
      inputs.set(id, input);
      return el("label", {}, input, el("span", {}, text, hint ? el("small", {}, hint) : null));
    });
    model.on("change:value", () => (inputs.get(model.get("value")).checked = true));
    root.append(el("fieldset", { className: "vm-choice" }, el("legend", {}, model.get("legend")), ...rows));
    deadLooksDead(model, root, () => inputs.values());
  },
};
