// A page of a longer list: each row is a button that chooses it, with a note in words beside it.
parts.listing = {
  render({ model, el: root }) {
    ownKeys(root);
    const labels = model.get("labels");
    const heading = el("p", { className: "vm-listing-title" });
    const list = el("ul", { className: "vm-listing" });
    const place = el("span", { role: "status" });
    const turn = (step) => () => model.send({ turn: step });
    const back = el("button", { type: "button", className: "vm-action", onclick: turn(-1) }, labels.back);
    const on = el("button", { type: "button", className: "vm-action", onclick: turn(1) }, labels.on);
    const pages = el("div", { className: "vm-pages" }, back, place, on);
    const draw = () => {
      const focused = list.contains(document.activeElement) ? document.activeElement.dataset.id : null;
      heading.textContent = model.get("title");
      list.replaceChildren(
        ...model.get("rows").map(({ id, text, note }) => {
          const chosen = id === model.get("chosen");
          const choose = () => model.send({ choose: id });
          const button = el("button", { type: "button", "data-id": id, "aria-pressed": String(chosen), onclick: choose },
            el("strong", {}, id), " ", text, el("small", {}, note));
          return el("li", {}, button);
        }),
      );
      pages.hidden = !model.get("place");
      place.textContent = model.get("place");
      if (focused) list.querySelector(`[data-id="${CSS.escape(focused)}"]`)?.focus();
    };
    draw();
    model.on("change:rows change:chosen change:place change:title", draw);
    root.append(heading, list, pages);
  },
};
