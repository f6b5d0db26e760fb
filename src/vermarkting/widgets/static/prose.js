parts.prose = {
  render({ model, el: root }) {
    const draw = () => {
      const title = model.get("title");
      const level = model.get("level");
      const paragraphs = model.get("text").split("\n\n").filter(Boolean);
      root.replaceChildren(
        el(
          "div",
          { className: `vm-prose vm-${model.get("tone")}`, ...(model.get("live") ? { role: "status" } : {}) },
          title ? el(`h${level}`, {}, title) : null,
          ...paragraphs.map((text) => el("p", {}, text)),
        ),
      );
    };
    draw();
    model.on("change:text change:title change:tone", draw);
  },
};
