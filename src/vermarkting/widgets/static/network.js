// A map: each node is a sign or a card that can be pointed at, found and chosen. Direction and kind of a line show in its
// head and its dashes, a state in the form of its sign: colour only repeats them.
const SVG = "http://www.w3.org/2000/svg";
const svg = (tag, props = {}, ...children) => {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(props)) node.setAttribute(name, value);
  node.append(...children.filter((child) => child != null));
  return node;
};
const plainText = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

const SIGNS = {
  in: () => svg("circle", { r: 7 }),
  out: () => svg("path", { d: "M-6 -6 L6 6 M-6 6 L6 -6" }),
  undecided: () => svg("path", { d: "M0 -8 L8 0 L0 8 L-8 0 Z" }),
  off: () => svg("circle", { r: 6 }),
};
const HEADS = { attack: "M0 0 L10 5 L0 10 Z", failing: "M5 0 L5 10 M9 0 L9 10", unconvincing: "M5 0 L5 10 M9 0 L9 10", support: "M1 1 L9 5 L1 9 Z" };

// Where a line meets the border of a node, coming from (x, y).
const border = (node, x, y) => {
  const [dx, dy] = [x - node.x, y - node.y];
  const [half, high] = node.w ? [node.w / 2 + 3, node.h / 2 + 3] : [11, 11];
  const share = node.w ? Math.min(half / Math.abs(dx || 1e-9), high / Math.abs(dy || 1e-9)) : 11 / (Math.hypot(dx, dy) || 1);
  return [node.x + dx * Math.min(1, share), node.y + dy * Math.min(1, share)];
};
const route = (from, to) => {
  if (from.w && from.x === to.x && Math.abs(from.y - to.y) > from.h * 1.6) {
    // Two cards of one column that are no neighbours: round the cards in between.
    const side = from.x + from.w / 2 + 3;
    const bulge = side + 14 + Math.min(34, Math.abs(from.y - to.y) / 12);
    return `M${side} ${from.y} C${bulge} ${from.y} ${bulge} ${to.y} ${side} ${to.y}`;
  }
  if (from.w && from.x !== to.x) {
    // From column to column through the space between them; what comes from far apart arrives apart.
    const way = Math.sign(to.x - from.x);
    const [start, end] = [from.x + way * (from.w / 2 + 3), to.x - way * (to.w / 2 + 3)];
    const bend = way * Math.min(60, Math.abs(end - start) / 2);
    const lower = to.y + Math.max(8 - to.h / 2, Math.min(to.h / 2 - 8, (from.y - to.y) / 16));
    return `M${start} ${from.y} C${start + bend} ${from.y} ${end - bend} ${lower} ${end} ${lower}`;
  }
  return `M${border(from, to.x, to.y).join(" ")} L${border(to, from.x, from.y).join(" ")}`;
};

const searchField = (labels, names, onFound, choose) => {
  const id = uid("vm-find");
  const input = el("input", { type: "search", id, autocomplete: "off" });
  const list = el("div", { className: "vm-hits", role: "status" });
  const hits = () => {
    const words = plainText(input.value).split(/\s+/).filter(Boolean);
    if (!words.length) return null;
    return Object.entries(names()).filter(([name, told]) => words.every((word) => plainText(`${name} ${told.join(" ")}`).includes(word))).map(([name]) => name);
  };
  const show = () => {
    const found = hits();
    onFound(found);
    const rows = (found ?? []).slice(0, 6).map((name) =>
      el("button", { type: "button", "data-id": name, onclick: () => choose(name) }, el("strong", {}, name), ` ${names()[name][1]}`));
    list.replaceChildren(...(found && !found.length ? [labels.nothing] : rows));
  };
  input.addEventListener("input", show);
  input.addEventListener("keydown", (event) => {
    const [first] = (event.key === "Enter" && hits()) || [];
    if (first) choose(first);
  });
  return [el("label", { htmlFor: id }, labels.search), input, list];
};

parts.network = {
  render({ model, el: root }) {
    ownKeys(root);
    const labels = model.get("labels");
    const names = () => model.get("names");
    const picture = svg("svg", { role: "group" });
    const scroll = el("div", { className: "vm-scroll vm-net" });
    const pointed = el("p", { className: "vm-pointed" }, labels.help);
    const sentence = el("p", { className: "vm-sentence", role: "status" });
    const legend = el("ul", { className: "vm-legend" });
    const numbers = el("details", { className: "vm-numbers" }, el("summary", {}, labels.table));
    const marks = uid("vm-head");
    const choose = (id) => model.send({ choose: id });
    let found = null;
    let zoom = 1;
    let focused = "";

    const told = (id) => `${id} · ${names()[id]?.[0] ?? ""} · ${model.get("looks")[model.get("states")[id]] ?? ""}`;
    const point = (id) => (pointed.textContent = `${told(id)} · ${names()[id]?.[1] ?? ""}`);

    const size = () => {
      const { width, height } = model.get("scene");
      picture.setAttribute("viewBox", `0 0 ${width} ${height}`);
      picture.style.width = `${100 * zoom}%`;
      picture.style.minWidth = `${Math.min(width, 620) * zoom}px`;
    };
    const scale = (by) => ((zoom = by ? Math.max(1, Math.min(4, zoom * by)) : 1), size());

    const nodeOf = ({ id, x, y, w, h, lines }) => {
      const state = model.get("states")[id] ?? "off";
      const sign = svg("g", { class: `vm-sign vm-is-${state}` }, SIGNS[state]());
      const chosen = id === model.get("chosen");
      const more = (chosen ? " vm-chosen" : "") + (found && !found.includes(id) ? " vm-dim" : "");
      const group = svg("g", {
        class: `vm-node${more}`, role: "button", tabindex: id === focused ? 0 : -1, "data-id": id,
        "aria-pressed": String(chosen), "aria-label": `${told(id)}: ${names()[id]?.[1] ?? ""}`, transform: `translate(${x} ${y})`,
      });
      if (w) {
        sign.setAttribute("transform", `translate(${-w / 2 + 15} 0)`);
        const text = lines.map((line, row) => svg("tspan", { x: -w / 2 + 30, y: (row - (lines.length - 1) / 2) * 16 + 4 }, line));
        group.append(svg("rect", { x: -w / 2, y: -h / 2, width: w, height: h, rx: 6 }), sign, svg("text", {}, ...text));
      } else {
        group.append(svg("circle", { r: 10, class: "vm-hold" }), sign);
        if (chosen || found?.includes(id)) group.append(svg("text", { y: -13, class: "vm-name" }, id));
      }
      group.addEventListener("pointerenter", () => point(id));
      group.addEventListener("focus", () => ((focused = id), point(id)));
      group.addEventListener("click", () => ((focused = id), choose(id)));
      return group;
    };
    const boxOf = ({ x, y, w, h, text, open }) => {
      if (!w) return svg("text", { x: x + 8, y: y + 14, class: "vm-side" }, text);
      const go = () => model.send({ open });
      const title = svg("g", { class: "vm-open", role: "button", tabindex: 0, "aria-label": text },
        svg("rect", { x: x + 4, y: y + 4, width: w - 8, height: 26, rx: 5 }), svg("text", { x: x + 12, y: y + 22 }, `${text} ›`));
      title.addEventListener("click", go);
      title.addEventListener("keydown", (event) => ["Enter", " "].includes(event.key) && (event.preventDefault(), go()));
      return svg("g", {}, svg("rect", { x, y, width: w, height: h, rx: 8, class: "vm-block" }), title);
    };
    const heads = () => svg("defs", {}, ...Object.entries(HEADS).map(([kind, d]) =>
      svg("marker", { id: `${marks}-${kind}`, viewBox: "0 0 10 10", refX: 9, refY: 5, markerWidth: 9, markerHeight: 9, markerUnits: "userSpaceOnUse", orient: "auto", class: `vm-head vm-${kind}` }, svg("path", { d }))));

    const draw = () => {
      const { nodes, boxes } = model.get("scene");
      const places = new Map(nodes.map((node) => [node.id, node]));
      if (!places.has(focused)) focused = places.has(model.get("chosen")) ? model.get("chosen") : (nodes[0]?.id ?? "");
      const had = picture.contains(document.activeElement) && document.activeElement.dataset.id;
      const lines = model.get("edges").filter(([from, to]) => places.has(from) && places.has(to)).map(([from, to, kind]) =>
        svg("path", { d: route(places.get(from), places.get(to)), class: `vm-edge vm-${kind}`, "marker-end": `url(#${marks}-${kind})` }));
      picture.replaceChildren(heads(), ...boxes.map(boxOf), ...lines, ...nodes.map(nodeOf));
      if (had) picture.querySelector(`[data-id="${CSS.escape(had)}"]`)?.focus();
      say();
    };
    const say = () => {
      picture.setAttribute("aria-label", model.get("label"));
      sentence.textContent = model.get("sentence");
      const sign = (state) => svg("svg", { viewBox: "-10 -10 20 20", class: `vm-sign vm-is-${state}` }, SIGNS[state]());
      const line = (kind) => svg("svg", { viewBox: "0 0 44 12", class: "vm-line" },
        svg("path", { d: "M2 6 L40 6", class: `vm-edge vm-${kind}`, "marker-end": `url(#${marks}-${kind})` }));
      const states = new Set(Object.values(model.get("states")));
      const kinds = new Set(model.get("edges").map(([, , kind]) => kind));
      legend.replaceChildren(
        ...Object.entries(model.get("looks")).filter(([state]) => states.has(state)).map(([state, words]) => el("li", {}, sign(state), words)),
        ...Object.entries(model.get("kinds")).filter(([kind]) => kinds.has(kind)).map(([kind, words]) => el("li", {}, line(kind), words)));
      const { columns, rows } = model.get("table");
      const head = el("tr", {}, ...columns.map((text) => el("th", { scope: "col" }, text)));
      const body = rows.map(([first, ...rest]) => el("tr", {}, el("th", { scope: "row" }, first), ...rest.map((text) => el("td", {}, text))));
      numbers.replaceChildren(numbers.firstChild, el("table", {}, el("thead", {}, head), el("tbody", {}, ...body)));
      numbers.hidden = !rows.length;
    };

    // An arrow goes to the nearest node that lies that way.
    const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const step = ([right, down]) => {
      const { nodes } = model.get("scene");
      const here = nodes.find(({ id }) => id === focused);
      const far = ({ x, y }) => {
        const along = (x - here.x) * right + (y - here.y) * down;
        const aside = Math.abs((x - here.x) * down) + Math.abs((y - here.y) * right);
        return along > 1 ? along + 2.5 * aside : Infinity;
      };
      const next = nodes.reduce((best, node) => (far(node) < far(best) ? node : best), here);
      if (next === here) return;
      picture.querySelector(`[data-id="${CSS.escape(here.id)}"]`).setAttribute("tabindex", -1);
      const node = picture.querySelector(`[data-id="${CSS.escape(next.id)}"]`);
      node.setAttribute("tabindex", 0);
      node.focus();
    };
    picture.addEventListener("keydown", (event) => {
      const { id } = event.target.closest?.(".vm-node")?.dataset ?? {};
      if (!id) return;
      if (WAYS[event.key]) step(WAYS[event.key]);
      else if (["Enter", " "].includes(event.key)) choose(id);
      else return;
      event.preventDefault();
    });
    scroll.addEventListener("wheel", (event) => event.ctrlKey && (event.preventDefault(), scale(event.deltaY < 0 ? 1.2 : 1 / 1.2)), { passive: false });

    const tool = (label, sign, by) => el("button", { type: "button", className: "vm-action", "aria-label": label, title: label, onclick: () => scale(by) }, sign);
    const tools = el("div", { className: "vm-tools" },
      ...searchField(labels, names, (hits) => ((found = hits), draw()), choose),
      el("div", { className: "vm-zoom" }, tool(labels.less, "−", 1 / 1.4), tool(labels.more, "+", 1.4), tool(labels.whole, "⤢", 0)));
    scroll.append(picture);
    root.append(el("div", { className: "vm-network" }, tools, scroll, pointed, legend, sentence, numbers));
    size();
    draw();
    model.on("change:scene", () => ((zoom = 1), size()));
    let later;
    const soon = () => (later ??= requestAnimationFrame(() => ((later = undefined), draw())));
    model.on("change:scene change:states change:edges change:chosen change:names", soon);
    model.on("change:sentence change:table", say);
  },
};
