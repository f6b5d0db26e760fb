// Draws the figures that came with the page, and gives each as a picture.
const { figures } = JSON.parse(document.getElementById("given").textContent);
const { Plotly } = window;
const place = (name) => document.querySelector(`[data-figure="${name}"]`);

for (const [name, { data, layout }] of Object.entries(figures)) {
  Plotly.newPlot(place(name), data, layout, { responsive: true, displayModeBar: false });
}
for (const button of document.querySelectorAll("[data-picture]")) {
  const { picture, kind } = button.dataset;
  button.addEventListener("click", () =>
    Plotly.downloadImage(place(picture), { format: kind, filename: picture, width: 1200, height: 700 }));
}
