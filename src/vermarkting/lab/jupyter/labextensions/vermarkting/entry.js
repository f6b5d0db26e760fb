// A module federation container written by hand: JupyterLab loads this script, calls `init` with the packages it
// shares, and asks `get` for the extension.
(() => {
  const here = document.currentScript.src;
  const near = file => new URL(file, here).href;

  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = near("lesson.css");
  document.head.append(style);

  const { vermarktingPlotly, vermarktingParts } = JSON.parse(document.getElementById("jupyter-config-data")?.textContent ?? "{}");
  if (vermarktingParts) {
    document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href: vermarktingParts }));
  }
  // A lesson's charts need plotly.js: fetched while the kernel starts, but not before JupyterLab itself is there.
  const fetchPlotly = () => {
    const href = vermarktingPlotly;
    if (href) document.head.append(Object.assign(document.createElement("link"), { rel: "preload", as: "script", href }));
  };

  // anywidget (0.11) gives a widget two seconds to load. One that a slow computer loads later is shown, but never hears
  // from its kernel again: its charts stand still. Such a widget gets a minute.
  const { timeout } = AbortSignal;
  AbortSignal.timeout = ms => timeout.call(AbortSignal, ms === 2000 ? 60_000 : ms);

  let shared;
  const share = async name => (await Object.values(shared[name])[0].get())();

  window._JUPYTERLAB ??= {};
  window._JUPYTERLAB.vermarkting = {
    init: scope => { shared = scope; },
    get: async () => {
      const [{ Lesson }, { addBar, inProfile }, { keepQuiet }, { Pages }, { followContents }, apputils, { CodeCell }, { INotebookTracker }, services, { ITableOfContentsTracker }, { Widget }] = await Promise.all([
        import(near("revive.js")),
        import(near("bar.js")),
        import(near("quiet.js")),
        import(near("pages.js")),
        import(near("contents.js")),
        share("@jupyterlab/apputils"),
        share("@jupyterlab/cells"),
        share("@jupyterlab/notebook"),
        share("@jupyterlab/services"),
        share("@jupyterlab/toc"),
        share("@lumino/widgets"),
      ]);
      const plugin = {
        id: "vermarkting:lessons",
        description: "Brings a lesson to life on opening.",
        autoStart: true,
        requires: [INotebookTracker],
        optional: [ITableOfContentsTracker],
        activate: (app, tracker, contents) => {
          app.restored.then(fetchPlotly);
          if (inProfile) keepQuiet(app, apputils);
          const lessons = Lesson.watch(app, tracker, CodeCell);
          addBar(app, tracker, Widget, lessons, inProfile && Pages.add(app, tracker, Widget, services));
          if (inProfile && contents) followContents(tracker, contents);
        },
      };
      return () => ({ __esModule: true, default: plugin });
    },
  };
})();
