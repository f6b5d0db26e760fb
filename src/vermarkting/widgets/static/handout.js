// Something by itself on the whole screen, in large letters, for a projector; printed from there it is a hand-out.
const REFERS = ["marker-end", "fill"];

// A copy of a drawing, whose arrows and patterns have names of their own: those of the page may be hidden.
const copied = (drawing) => {
  const copy = drawing.cloneNode(true);
  const mark = uid("vm-copy");
  for (const node of copy.querySelectorAll("defs [id]")) node.id = `${mark}-${node.id}`;
  for (const name of REFERS)
    for (const node of copy.querySelectorAll(`[${name}^="url(#"]`)) node.setAttribute(name, node.getAttribute(name).replace("#", `#${mark}-`));
  for (const node of copy.querySelectorAll("[tabindex]")) node.removeAttribute("tabindex");
  for (const node of copy.querySelectorAll("[role=button]")) {
    node.setAttribute("role", "img");
    node.removeAttribute("aria-pressed");
  }
  copy.removeAttribute("style");
  return copy;
};

parts.handout = {
  render({ model, el: root }) {
    ownKeys(root);
    const labels = model.get("labels");
    const button = (label, onclick) => el("button", { type: "button", className: "vm-action", onclick }, label);
    const show = () => {
      const { title, sentence, cards, rows } = model.get("content");
      const drawing = root.closest(".vm-explorable").querySelector(".vm-net > svg");
      const close = () => sheet.close();
      const sheet = el("dialog", { className: "vm-handout", "aria-label": title },
        el("div", { className: "vm-row" }, button(labels.print, () => print()), button(labels.close, close)),
        el("h2", {}, title),
        el("p", { className: "vm-sentence" }, sentence),
        drawing && el("div", { className: "vm-net" }, copied(drawing)),
        cards.length ? el("div", { className: "vm-cards" }, ...cards.map(cardOf)) : null,
        rows.length ? el("dl", {}, ...rows.flatMap(([code, words]) => [el("dt", {}, code), el("dd", {}, words)])) : null);
      ownKeys(sheet);
      sheet.addEventListener("close", () => (sheet.remove(), opener.focus()));
      document.body.append(sheet);
      sheet.showModal();
    };
    const opener = button(labels.open, show);
    root.append(opener);
  },
};
