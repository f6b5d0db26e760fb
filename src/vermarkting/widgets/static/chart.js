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

// On a narrow picture the name of an axis that is longer than the axis goes on below, and words beside a mark stand on
// lines of their own, a little smaller.
const LETTER = 0.55; // how wide one is, of its height
const NARROW = 420;
const SMALL = 11;
const folded = (text, most) => {
  const lines = [""];
  for (const word of text.split(" ")) {
    if (lines.at(-1).length + word.length < most || !lines.at(-1)) lines.push(`${lines.pop()} ${word}`.trim());
    else lines.push(word);
  }
  return lines.join("<br>");
};
const fitLayout = (layout, width) => {
  const { l = 80, r = 80 } = layout.margin ?? {};
  const room = (width - l - r) / ((layout.font?.size ?? 14) * LETTER);
  const names = Object.keys(layout).filter((name) => /^xaxis/.test(name) && layout[name].title?.text?.length > room);
  const axes = names.map((name) => [name, { ...layout[name], automargin: true, title: { ...layout[name].title, text: folded(layout[name].title.text, room) } }]);
  return { ...layout, ...Object.fromEntries(axes) };
};
const besideMarks = ({ mode, textposition, text }) => /markers\+text/.test(mode) && textposition === "middle right" && Array.isArray(text);
const fitTraces = (data, width) =>
  width > NARROW ? data : data.map((trace) => (besideMarks(trace) ? { ...trace, text: trace.text.map((words) => words.trim().split(" ").map((word) => `  ${word}`).join("<br>")), textfont: { ...trace.textfont, size: SMALL } } : trace));

const QUIET_MS = 150;

parts.chart = {
  async render({ model, el: root }) {
    const { picture, leave } = framePicture(model, root);
    const still = place.still(model);
    if (still) picture.append(still);
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
      else await Plotly.react(picture, fitTraces(data, width), fitLayout(layout, width), { displayModeBar: false, locale: "nl" });
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
