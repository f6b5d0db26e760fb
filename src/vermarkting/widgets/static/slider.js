parts.slider = {
  render({ model, el: root }) {
    ownKeys(root);
    const get = (name) => model.get(name);
    const range = sentenceRange(
      { sentence: get("sentence"), min: get("min"), max: get("max"), step: get("step"), value: get("value"), disabled: get("disabled") },
      (value) => {
        model.set("value", value);
        model.save_changes();
      },
    );
    model.on("change:value", () => {
      if (range.input.valueAsNumber !== get("value")) range.set(get("value"));
    });
    model.on("change:disabled", () => (range.input.disabled = get("disabled")));
    root.append(range.node);
    deadLooksDead(model, root, () => [range.input]);
  },
};
