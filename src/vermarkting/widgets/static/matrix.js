// A table of counts; a filled cell is a button that shows what was counted, an empty one says that it is empty.
parts.matrix = {
  render({ model, el: root }) {
    ownKeys(root);
    const table = el("table", { className: "vm-matrix" });
    const draw = () => {
      const { caption, corner, columns, rows, chosen, empty } = model.get("table");
      const head = el("tr", {}, el("th", { scope: "col" }, corner), ...columns.map(({ text }) => el("th", { scope: "col" }, text)));
      const body = rows.map((row) =>
        el("tr", {}, el("th", { scope: "row" }, row.text), ...row.counts.map((count, place) => {
          if (!count) return el("td", { className: "vm-empty" }, empty);
          const column = columns[place];
          const here = chosen[0] === row.id && chosen[1] === column.id;
          const label = `${row.text}, ${column.text}: ${count}`;
          const choose = () => model.send({ cell: [row.id, column.id] });
          return el("td", {}, el("button", { type: "button", "aria-label": label, "aria-pressed": String(here), onclick: choose }, String(count)));
        })),
      );
      const focused = table.contains(document.activeElement) ? document.activeElement.getAttribute("aria-label") : null;
      table.replaceChildren(el("caption", {}, caption), el("thead", {}, head), el("tbody", {}, ...body));
      if (focused) table.querySelector(`[aria-label="${CSS.escape(focused)}"]`)?.focus();
    };
    draw();
    model.on("change:table", draw);
    root.append(el("div", { className: "vm-scroll" }, table));
  },
};
