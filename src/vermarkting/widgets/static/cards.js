parts.cards = {
  render({ model, el: root }) {
    const card = ({ title, claim, speaker, rows }) =>
      el("article", { className: "vm-card" },
        el("h3", {}, title), el("p", { className: "vm-claim" }, claim), el("p", { className: "vm-speaker" }, speaker),
        el("dl", {}, ...rows.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)])));
    const cards = el("div", { className: "vm-cards" });
    const draw = () => cards.replaceChildren(...model.get("cards").map(card));
    draw();
    model.on("change:cards", draw);
    root.append(cards);
  },
};
