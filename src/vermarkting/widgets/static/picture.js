// Shared by charts and scenes: the sentence and the table under a picture, and when it has its width.

// An outcome that a bet reveals is rendered before it has its place in the page, and so its width.
const hasWidth = (node) =>
  new Promise((resolve) => {
    const looking = new ResizeObserver(() => node.clientWidth && (looking.disconnect(), resolve()));
    looking.observe(node);
  });

const fillTable = (details, { caption, columns, rows }) => {
  const head = el("tr", {}, ...columns.map((text) => el("th", { scope: "col" }, text)));
  const body = rows.map(([first, ...rest]) =>
    el("tr", {}, el("th", { scope: "row" }, first), ...rest.map((text) => el("td", {}, text))),
  );
  const table = el("table", {}, el("caption", {}, caption), el("thead", {}, head), el("tbody", {}, ...body));
  details.replaceChildren(details.firstChild, table);
};

// The frame around a picture. The numbers are put in their table when it is opened: at each move of a slider that would
// take longer than the picture itself.
const framePicture = (model, root) => {
  ownKeys(root);
  const describedBy = uid("vm-sentence");
  const picture = el("div", { className: "vm-picture", role: "img", "aria-describedby": describedBy });
  const sentence = el("p", { className: "vm-sentence", id: describedBy, role: "status" });
  const numbers = el("details", { className: "vm-numbers" }, el("summary", {}, model.get("table_label")));
  picture.style.minHeight = `${model.get("spec").layout?.height ?? model.get("spec").height}px`; // the page stays put while the picture comes
  root.append(el("div", { className: "vm-chart" }, picture, sentence, numbers));
  const fill = () => numbers.open && fillTable(numbers, model.get("table"));
  numbers.addEventListener("toggle", fill);
  const fillAlways = () => fillTable(numbers, model.get("table"));
  addEventListener("beforeprint", fillAlways);
  const say = () => {
    picture.setAttribute("aria-label", model.get("label"));
    sentence.textContent = model.get("sentence");
    numbers.hidden = model.get("table").rows.length === 0;
    fill();
  };
  say();
  model.on("change:sentence change:table change:label", say);
  return { picture, sentence, numbers, leave: () => removeEventListener("beforeprint", fillAlways) };
};
