// A scene in SVG: marks keep their identity, so that what changes place is seen to move. A mark's horizontal numbers are
// percents of the width, the others pixels. Frames are played here, without asking Python.
const STEP_MS = 450;
const FALL_MS = 35;
const SVG = "http://www.w3.org/2000/svg";
const svg = (tag, attributes = {}, ...children) => {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
};

// Stripes and dots, with names of their own in each scene: a pattern in a hidden part of the page draws nothing.
const patterns = (name) =>
  svg("defs", {},
    svg("pattern", { id: `${name}-orange`, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      svg("rect", { width: 6, height: 6, fill: "#b36b00" }), svg("rect", { width: 2, height: 6, fill: "#ffe2b0" })),
    svg("pattern", { id: `${name}-grey`, width: 5, height: 5, patternUnits: "userSpaceOnUse" },
      svg("rect", { width: 5, height: 5, fill: "#8a97a3" }), svg("circle", { cx: 2.5, cy: 2.5, r: 1, fill: "#fff" })),
    svg("marker", { id: `${name}-arrow`, viewBox: "0 0 10 10", refX: 9, refY: 5, markerWidth: 14, markerHeight: 14, markerUnits: "userSpaceOnUse", orient: "auto" },
      svg("path", { d: "M0 0L10 5L0 10z" })));

const NEW = {
  block: () => svg("rect", { rx: 2 }),
  dot: () => svg("circle"),
  line: () => svg("line"),
  text: () => svg("text"),
  shape: () => svg("polygon"),
  person: () => svg("g", {}, svg("circle", { cx: 0, cy: -0.26, r: 0.2 }), svg("path", { d: "M-0.36 0.5C-0.36 0.1 -0.2 0 0 0S0.36 0.1 0.36 0.5Z" }),
    svg("path", { class: "vm-balloon", d: "M0.2 -0.42h0.34v-0.26h-0.5v0.26h0.08l0.02 0.12z" })),
};

const place = (node, { shape, x, y, w, h, r, tox, toy, size, text, anchor, weight, speaks, corners, push = 0 }, wide) => {
  const px = (percent) => (percent * wide) / 100;
  const put = (values) => Object.entries(values).forEach(([name, value]) => node.setAttribute(name, value));
  if (shape === "line") return put({ x1: px(x), y1: y, x2: px(tox) + push, y2: toy });
  const scale = shape === "person" ? ` scale(${Math.min(size, 0.085 * wide).toFixed(1)})` : "";
  node.style.transform = `translate(${(px(x) + push).toFixed(1)}px, ${y}px)${scale}`;
  if (shape === "block") {
    node.style.width = `${Math.max(0, px(w)).toFixed(1)}px`;
    node.style.height = `${Math.max(0, h)}px`;
  } else if (shape === "dot") put({ r });
  else if (shape === "shape") put({ points: corners.join(" ") });
  else if (shape === "text") {
    put({ "text-anchor": anchor, "font-weight": weight });
    if (node.textContent !== text) node.textContent = text;
  } else node.classList.toggle("vm-speaks", Boolean(speaks));
};

// A pile is written short: its circles have a place and the number of a look.
const single = (mark) =>
  mark.shape === "pile"
    ? mark.points.map(([x, y, look], number) => ({ ...mark, id: `${mark.id}-${number}`, shape: mark.w ? "block" : "dot", x, y, look: mark.looks[look], falls: !mark.w }))
    : [mark];

parts.scene = {
  async render({ model, el: root }) {
    const { picture, sentence, numbers, leave } = framePicture(model, root);
    const labels = model.get("labels");
    const name = uid("vm-scene");
    const drawing = svg("svg", { class: "vm-scene", "aria-hidden": "true" }, patterns(name));
    picture.append(drawing);
    const button = (label, onclick) => el("button", { type: "button", className: "vm-action", onclick }, label);
    const [play, step, restart] = [button(labels.play, () => (timer ? stop() : start())), button(labels.step, () => (stop(), go(1))),
      button(labels.restart, () => (stop(), show(0)))];
    const bar = el("div", { className: "vm-row vm-player" }, play, step, restart);
    const legend = el("ul", { className: "vm-legend", "aria-hidden": "true" });
    picture.after(legend);
    numbers.before(bar);

    const nodes = new Map();
    let shown = [];
    let frame = 0;
    let timer;
    await hasWidth(picture);

    const put = (mark, wide) => {
      let node = nodes.get(mark.id);
      const fresh = !node;
      if (!node) {
        nodes.set(mark.id, (node = NEW[mark.shape]()));
        // A line that comes later lies behind the rest as well.
        if (mark.shape === "line") drawing.firstChild.after(node);
        else drawing.append(node);
        if (mark.pick) node.addEventListener("click", () => model.send({ pick: mark.id }));
      }
      const look = `${mark.look ?? "text"}${mark.pick ? " vm-pick" : ""}`;
      if (node.dataset.look !== look) {
        node.dataset.look = look;
        node.setAttribute("class", `vm-mark vm-${mark.shape} vm-look-${look}`);
        node.style.fill = ["orange", "grey"].includes(mark.look) && mark.shape !== "line" ? `url(#${name}-${mark.look})` : "";
        node.style.markerEnd = mark.arrow ? `url(#${name}-arrow)` : "";
      }
      if (fresh && mark.falls && timer) {
        place(node, { ...mark, y: 0 }, wide);
        node.getBoundingClientRect(); // from there it is seen to fall
      }
      place(node, mark, wide);
    };
    const draw = (marks) => {
      shown = marks.flatMap(single);
      const wide = picture.clientWidth;
      const here = new Set(shown.map((mark) => mark.id));
      for (const [id, node] of nodes) if (!here.has(id)) (node.remove(), nodes.delete(id));
      for (const mark of shown) put(mark, wide);
      picture.dispatchEvent(new CustomEvent("vermarkting:drawn", { bubbles: true, detail: { seen: true } }));
    };

    const spec = () => model.get("spec");
    const frames = () => spec().frames;
    const falling = () => spec().marks.find(({ shape, w }) => shape === "pile" && !w);
    const length = () => frames().length || (falling()?.points.length ?? 0);
    // What is seen after a number of frames, or when as many circles have fallen.
    const seenAt = (number) => {
      if (!frames().length) return spec().marks.map((mark) => (mark.shape === "pile" ? { ...mark, points: mark.points.slice(0, number) } : mark));
      return frames().slice(0, number).reduce((marks, { marks: changed }) => {
        const news = new Map(changed.map((mark) => [mark.id, mark]));
        return marks.map((mark) => ({ ...mark, ...news.get(mark.id) }));
      }, spec().start);
    };
    const saidAt = (number) => {
      if (frames().length) return number ? frames()[number - 1].say : model.get("label");
      const { points, looks } = falling();
      const hits = points.slice(0, number).filter(([, , look]) => look === looks.length - 1).length;
      return spec().tally.replace("{done}", number).replace("{hits}", hits);
    };
    const show = (number) => {
      frame = number;
      const last = number === length();
      draw(last ? spec().marks : seenAt(number));
      sentence.textContent = last ? model.get("sentence") : saidAt(number);
      step.disabled = last;
    };
    const go = (by) => show(Math.min(frame + by, length()));
    const stop = () => {
      clearInterval(timer);
      timer = undefined;
      play.textContent = labels.play;
    };
    const start = () => {
      if (frame === length()) show(0);
      play.textContent = labels.pause;
      timer = setInterval(() => (go(1), frame === length() && stop()), frames().length ? STEP_MS : FALL_MS);
    };
    const sample = ({ shape, look }) => {
      const node = shape === "line" ? svg("line", { x1: 1, y1: 8, x2: 27, y2: 8 }) : shape === "dot" ? svg("circle", { cx: 14, cy: 8, r: 6 }) : svg("rect", { x: 4, y: 2, width: 20, height: 12, rx: 2 });
      node.setAttribute("class", `vm-${shape} vm-look-${look}`);
      if (["orange", "grey"].includes(look) && shape !== "line") node.style.fill = `url(#${name}-${look})`;
      return svg("svg", { width: 28, height: 16 }, node);
    };
    const explain = () => {
      const rows = spec().legend ?? [];
      const told = JSON.stringify(rows);
      if (legend.dataset.told === told) return;
      legend.dataset.told = told;
      legend.hidden = !rows.length;
      legend.replaceChildren(...rows.map((row) => el("li", {}, sample(row), row.text)));
    };
    const redraw = () => {
      stop();
      explain();
      const { height, marks } = spec();
      picture.style.minHeight = drawing.style.height = `${height}px`;
      bar.hidden = length() === 0;
      frame = length();
      step.disabled = true;
      draw(marks);
      if (spec().play && !matchMedia("(prefers-reduced-motion: reduce)").matches) start();
    };
    redraw();
    model.on("change:spec", redraw);
    const resized = new ResizeObserver(() => {
      drawing.classList.add("vm-still");
      for (const mark of shown) put(mark, picture.clientWidth);
      requestAnimationFrame(() => drawing.classList.remove("vm-still"));
    });
    resized.observe(picture);
    return () => {
      stop();
      leave();
      resized.disconnect();
    };
  },
};
