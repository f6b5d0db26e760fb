parts.button = {
  render({ model, el: root }) {
    ownKeys(root);
    const onclick = () => model.send("click");
    root.append(el("button", { type: "button", className: "vm-action", onclick }, model.get("label")));
  },
};
