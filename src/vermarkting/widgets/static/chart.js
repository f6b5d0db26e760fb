// Plotly.js is 5 MB: the place hands it to the browser once, cached. Where it does not (VS Code, another server)
// the kernel sends it, compressed, at the first chart.
const loadScript = async (url) => {
  const { define } = window;
  window.define = undefined; // an AMD loader in the page would swallow Plotly
  try {
    await new Promise((resolve, reject) => {
      document.head.append(el("script", { src: url, onload: resolve, onerror: reject }));
    });
  } finally {
    window.define = define;
  }
  return window.Plotly;
};

const fromPlace = async () => {
  if (!place.plotly) throw new Error("this place does not have it");
  return loadScript(place.plotly);
};

const fromKernel = (model) =>
  new Promise((resolve, reject) => {
    model.on("msg:custom", async (_message, [buffer]) => {
      const script = new Blob([buffer]).stream().pipeThrough(new DecompressionStream("gzip"));
      const url = URL.createObjectURL(await new Response(script).blob());
      loadScript(url).then(resolve, reject);
    });
    model.send("plotly");
  });

const loadPlotly = (model) => (globalThis.vermarktingPlotly ??= fromPlace().catch(() => fromKernel(model)));

// On a narrow picture the name of an axis that is longer than the axis goes on below. Words beside a mark, and the names of
// its row and its column, stand there a little smaller, on more lines.
const LETTER = 0.55; // how wide one is, of its height
const NARROW = 400;
const SMALL = 11;
const ROW_NAME = { letters: 13, pixels: 92 };
const folded = (text, most) => {
  const lines = [""];
  for (const word of text.split(" ")) {
    if (lines.at(-1).length + word.length < most || !lines.at(-1)) lines.push(`${lines.pop()} ${word}`.trim());
    else lines.push(word);
  }
  return lines.join("<br>");
};
const besideMarks = ({ mode, textposition, text }) => /markers\+text/.test(mode) && textposition === "middle right" && Array.isArray(text);
const stacked = (words, before = "") => words.trim().split(" ").map((word) => before + word).join("<br>");
const fitTable = (layout) => ({
  ...layout,
  margin: { ...layout.margin, l: ROW_NAME.pixels },
  xaxis: { ...layout.xaxis, tickangle: 0, tickfont: { size: SMALL }, ticktext: layout.xaxis.ticktext.map((words) => stacked(words)) },
  yaxis: { ...layout.yaxis, tickfont: { size: SMALL } },
});
// Long names of rows leave little room for what they name.
const fitRows = (data, layout, width) => {
  const longest = Math.max(0, ...data.flatMap(({ y = [] }) => y.map((name) => (typeof name === "string" ? name.length : 0))));
  const l = Math.ceil(longest * SMALL * LETTER) + 4;
  if (width > NARROW || !longest || l >= (layout.margin?.l ?? 0)) return layout;
  return { ...layout, margin: { ...layout.margin, l }, yaxis: { ...layout.yaxis, tickfont: { size: SMALL } } };
};
const fitLayout = (layout, width) => {
  const { l = 80, r = 80 } = layout.margin ?? {};
  const room = (width - l - r) / ((layout.font?.size ?? 14) * LETTER);
  const named = Object.keys(layout).filter((name) => /^xaxis/.test(name) && layout[name].title?.text);
  const names = named.filter((name) => width <= NARROW || layout[name].title.text.length > room); // below numbers that turn, too
  const axes = names.map((name) => [name, { ...layout[name], automargin: true, title: { ...layout[name].title, text: folded(layout[name].title.text, room) } }]);
  return { ...layout, ...Object.fromEntries(axes) };
};
const fitTrace = (trace) => ({
  ...trace,
  y: trace.y.map((name) => folded(name.trim(), ROW_NAME.letters)),
  text: trace.text.map((words) => stacked(words, "  ")),
  textfont: { ...trace.textfont, size: SMALL },
});
// The traces and layout of a figure as a picture of this width shows them.
const fit = (data, layout, width) => {
  const table = width <= NARROW && data.some(besideMarks);
  return [table ? data.map(fitTrace) : data, table ? fitTable(layout) : fitLayout(fitRows(data, layout, width), width)];
};

const QUIET_MS = 150;

// A chart that already stands there as a picture is drawn once it comes near, or when it changes.
const nearOrChanged = (model, picture) =>
  new Promise((resolve) => {
    const looking = new IntersectionObserver((entries) => entries.some(({ isIntersecting }) => isIntersecting) && done(), { rootMargin: "100%" });
    const done = () => (looking.disconnect(), resolve());
    looking.observe(picture);
    model.on("change:spec", done);
  });

parts.chart = {
  async render({ model, el: root }) {
    const { picture, leave } = framePicture(model, root);
    const still = place.still(model);
    if (still) {
      picture.append(still);
      await nearOrChanged(model, picture);
    }
    const [Plotly] = await Promise.all([loadPlotly(model), hasWidth(picture)]);
    let seen = true;
    let told;
    const draw = async () => {
      const { data, layout } = model.get("spec");
      const width = picture.clientWidth;
      const { shapes = [], ...rest } = layout;
      const now = JSON.stringify([data, rest, width]);
      // Where only a line over the curves moves, the curves need not be drawn again: that takes a tenth of the time.
      if (told === now) await Plotly.relayout(picture, { shapes });
      else await Plotly.react(picture, ...fit(data, layout, width), { displayModeBar: false, locale: "nl" });
      told = now;
      still?.remove();
      picture.dispatchEvent(new CustomEvent("vermarkting:drawn", { bubbles: true, detail: { seen } }));
    };
    // While a slider moves, a chart that nobody sees would keep those that are seen waiting.
    let later;
    const looking = new IntersectionObserver((entries) => (seen = entries.at(-1).isIntersecting));
    looking.observe(picture);
    model.on("change:spec", () => {
      clearTimeout(later);
      later = setTimeout(draw, seen ? 0 : QUIET_MS);
    });
    await draw();
    const resized = new ResizeObserver(() => {
      if (picture.clientWidth && picture.clientWidth !== picture._fullLayout.width) Plotly.Plots.resize(picture).then(draw, () => {});
    });
    resized.observe(picture);
    return () => {
      leave();
      clearTimeout(later);
      looking.disconnect();
      resized.disconnect();
      Plotly.purge(picture);
    };
  },
};
