// A student's own figures: a sentence and tables, drawn again when the student number changes.
parts.case = {
  render({ model, el: root }) {
    const sentence = el("p", { role: "status" });
    const place = el("div");
    const table = ({ caption, columns, rows }) => {
      const head = el("tr", {}, ...columns.map((text) => el("th", { scope: "col" }, text)));
      const body = rows.map(([first, ...rest]) =>
        el("tr", {}, el("th", { scope: "row" }, first), ...rest.map((text) => el("td", {}, text))));
      return el("div", { className: "vm-wide", tabIndex: 0, role: "region", "aria-label": caption },
        el("table", {}, el("caption", {}, caption), el("thead", {}, head), el("tbody", {}, ...body)));
    };
    const draw = () => {
      sentence.textContent = model.get("sentence");
      place.replaceChildren(...model.get("tables").map(table));
      root.firstChild?.classList.toggle("vm-waiting", model.get("tables").length === 0);
    };
    root.append(el("div", { className: "vm-case" }, sentence, place));
    draw();
    model.on("change:sentence change:tables", draw);
  },
};
