parts.cards = {
  render({ model, el: root }) {
    const card = ({ title, claim, speaker, rows }) =>
      el("article", { className: "vm-card" },
        el("h3", {}, title), el("p", { className: "vm-claim" }, claim), el("p", { className: "vm-speaker" }, speaker),
        el("dl", {}, ...rows.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)])));
    root.append(el("div", { className: "vm-cards" }, ...model.get("cards").map(card)));
  },
};
