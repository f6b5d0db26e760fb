// A file of the student's own goes to the kernel, which judges it; one that is too big does not even start.
parts.upload = {
  render({ model, el: root }) {
    ownKeys(root);
    const id = uid("vm-upload");
    // The browser's own button speaks the browser's language: the label takes its place, the input keeps the keyboard.
    const input = el("input", { type: "file", id, className: "vm-hidden", accept: model.get("accept") });
    const told = el("p", { className: "vm-status", role: "status" });
    input.addEventListener("change", async () => {
      const [file] = input.files;
      if (!file) return;
      const tooBig = file.size > model.get("most");
      model.send({ name: file.name, size: file.size }, undefined, tooBig ? [] : [await file.arrayBuffer()]);
      input.value = "";
    });
    const say = () => (told.textContent = model.get("status"));
    say();
    model.on("change:status", say);
    root.append(el("div", { className: "vm-upload" }, input, el("label", { htmlFor: id, className: "vm-action" }, model.get("label")), told));
  },
};
