// The place where a page is: what differs between JupyterLab and a page of its own stands here and in `host` pages only.
// A place says so beforehand in `vermarktingPlace`; without it this is Jupyter, or something like it.
//
// plotly   the address of plotly.js, `undefined` where the kernel is to send it
// page     the address of a notebook's page, from its path
// entry    the address of the page of an argument or a term, by its id, or `undefined`
// still    what is seen of a chart until plotly.js is there, by its model: an element, or `undefined`
// scope    what tells this module's store in the browser from another's at the same origin
const place = {
  plotly: JSON.parse(document.getElementById("jupyter-config-data")?.textContent ?? "{}").vermarktingPlotly,
  page: (path) => path,
  entry: () => undefined,
  still: () => undefined,
  scope: "",
  ...globalThis.vermarktingPlace,
};
