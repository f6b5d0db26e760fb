// One button makes the file to upload. The page saves the notebook first where it can; the kernel then makes the file
// from what is on disk, and sends it back for the download link. If nothing comes back, it says so.
const HAND_IN_MS = 20_000;

parts.hand_in = {
  render({ model, el: root }) {
    ownKeys(root);
    const labels = model.get("labels");
    const button = el("button", { type: "button", className: "vm-button vm-hand-in-button" }, labels.button);
    const status = el("div", { role: "status" });
    const link = el("a", { className: "vm-hand-in-link", hidden: true }, labels.download);
    let address;

    const save = async () => {
      const event = new CustomEvent("vermarkting:save", { bubbles: true, detail: {} });
      root.dispatchEvent(event); // who can save puts a promise in `saving`
      try {
        return Boolean(await event.detail.saving);
      } catch {
        return false;
      }
    };
    let silent;
    const stopped = () => {
      button.disabled = false;
      status.replaceChildren(el("p", { className: "vm-hand-in-warning" }, labels.silent));
    };
    button.addEventListener("click", async () => {
      button.disabled = true;
      status.replaceChildren(el("p", {}, labels.busy));
      clearTimeout(silent);
      silent = setTimeout(stopped, HAND_IN_MS);
      const saved = await save();
      // An answer that is only in this browser would be missing from the file.
      const held = heldUnder(`${HELD}${model.get("place")}:${model.get("assignment")}.`).length;
      try {
        model.send({ make: saved, held });
      } catch {
        clearTimeout(silent);
        stopped();
      }
    });

    const say = () => {
      clearTimeout(silent);
      const warning = model.get("warning");
      const done = model.get("made") > 0 && model.get("status") !== "";
      const empty = model.get("empty");
      status.replaceChildren(
        ...[warning && el("p", { className: "vm-hand-in-warning" }, warning),
          model.get("status") && el("p", { className: done ? "vm-hand-in-done" : "" }, model.get("status")),
          done && empty.length === 0 && el("p", {}, labels.all_filled),
          done && empty.length > 0 && el("p", {}, labels.empty),
          done && empty.length > 0 && el("ul", {}, ...empty.map((line) => el("li", {}, line)))].filter(Boolean),
      );
      link.hidden = !done || !address;
      button.disabled = false;
    };
    const arrived = (message, buffers) => {
      if (!message?.file || buffers.length !== 1) return;
      if (address) URL.revokeObjectURL(address);
      address = URL.createObjectURL(new Blob([buffers[0]], { type: "application/zip" }));
      link.href = address;
      link.download = message.file;
    };

    const page = model.get("feedback");
    const feedback = page?.byteLength ? URL.createObjectURL(new Blob([page], { type: "text/html" })) : "";
    const shown = feedback ? [el("p", {}, el("a", { href: feedback, target: "_blank", rel: "noopener", className: "vm-hand-in-link" }, labels.feedback))] : [];

    root.append(el("section", { className: "vm-hand-in", "aria-label": labels.title },
      ...shown, el("p", {}, labels.intro), button, status, link,
      el("p", { className: "vm-hand-in-steps" }, labels.steps), el("ol", {}, ...model.get("steps").map((step) => el("li", {}, step)))));
    say();
    model.on("msg:custom", arrived);
    model.on("change:made", say);
    return () => [address, feedback].filter(Boolean).forEach((made) => URL.revokeObjectURL(made));
  },
};
