parts.cards = {
  render({ model, el: root }) {
    const cards = el("div", { className: "vm-cards" });
    const draw = () => cards.replaceChildren(...model.get("cards").map(cardOf));
    draw();
    model.on("change:cards", draw);
    root.append(cards);
  },
};
