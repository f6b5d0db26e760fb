const FEW = 4;
const LONG_OPTION = 34; // letters
parts.choice = {
  render({ model, el: root }) {
    ownKeys(root);
    const choose = (value) => {
      model.set("value", value);
      model.save_changes();
    };
    const options = model.get("options");
    // A list that is shut cuts off what is longer than a phone is wide: few and long options stand open.
    const long = options.length <= FEW && options.some(({ text }) => text.length > LONG_OPTION);
    if (model.get("compact") && !long) {
      const id = uid("vm-select");
      const select = el("select", { id }, ...options.map(({ id: value, text }) => el("option", { value }, text)));
      const hint = el("small", { id: `${id}-hint` });
      const show = () => {
        select.value = model.get("value");
        hint.textContent = options.find((option) => option.id === select.value)?.hint ?? "";
      };
      select.setAttribute("aria-describedby", hint.id);
      select.addEventListener("change", () => choose(select.value));
      model.on("change:value", show);
      show();
      root.append(el("div", { className: "vm-choice" }, el("label", { htmlFor: id }, model.get("legend")), select, hint));
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
