parts.button = {
  render({ model, el: root }) {
    ownKeys(root);
    const onclick = () => model.send("click");
    const button = el("button", { type: "button", className: "vm-action", onclick }, model.get("label"));
    model.on("change:label", () => { button.textContent = model.get("label"); });
    root.append(button);
    deadLooksDead(model, root, () => [button]);
  },
};
