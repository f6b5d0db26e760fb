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

const QUIET_MS = 150;

parts.chart = {
  async render({ model, el: root }) {
    const { picture, leave } = framePicture(model, root);
    const still = place.still(model);
    if (still) picture.append(still);
    const [Plotly] = await Promise.all([loadPlotly(model), hasWidth(picture)]);
    let seen = true;
    const draw = async () => {
      const { data, layout } = model.get("spec");
      await Plotly.react(picture, data, layout, { displayModeBar: false, locale: "nl" });
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
      if (picture.clientWidth && picture.clientWidth !== picture._fullLayout.width) Plotly.Plots.resize(picture);
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
