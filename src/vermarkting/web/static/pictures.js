// Pictures of one's own in prose: pasted, dropped or chosen. They are drawn anew here, small and without what a camera
// puts in a file; Python checks and keeps them, and then the text names them.
const LONGEST = 1280; // pixels

const redrawn = async (file) => {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
  const canvas = Object.assign(document.createElement("canvas"), { width: Math.ceil(bitmap.width * scale), height: Math.ceil(bitmap.height * scale) });
  const paper = canvas.getContext("2d");
  paper.fillStyle = "#fff";
  paper.fillRect(0, 0, canvas.width, canvas.height);
  paper.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85)).then((blob) => blob.arrayBuffer());
};

export const withPictures = (node, model, labels) => {
  const area = node.querySelector("textarea");
  if (!area) return;
  Object.assign(area, { lang: "nl-BE", spellcheck: true });
  const told = Object.assign(document.createElement("p"), { className: "picture-told" });
  told.setAttribute("role", "status");
  const input = Object.assign(document.createElement("input"), { type: "file", accept: "image/*" });
  const label = document.createElement("label");
  label.className = "picture-add";
  label.append(labels.picture_add, " ", input);
  const list = Object.assign(document.createElement("ul"), { className: "pictures" });
  const show = () => list.replaceChildren(...Object.entries(model.get("pictures") ?? {}).map(([name, src]) => {
    const line = document.createElement("li");
    line.append(Object.assign(document.createElement("img"), { src, alt: name }), Object.assign(document.createElement("small"), { textContent: name }));
    return line;
  }));
  show();
  model.on("change:pictures", show);
  model.on("msg:custom", ({ picture, no_picture: why }) => {
    if (why) told.textContent = why;
    if (!picture) return;
    told.textContent = labels.picture_there;
    const [from, to] = [area.selectionStart, area.selectionEnd];
    area.setRangeText(`\n![${labels.picture_alt}](attachment:${picture})\n`, from, to, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  });

  const take = async (files) => {
    for (const file of files) {
      told.textContent = labels.picture_busy;
      try {
        const bytes = await redrawn(file);
        model.send({ picture: true }, undefined, [bytes]);
      } catch {
        told.textContent = labels.picture_none;
      }
    }
  };
  const images = (data) => [...(data?.files ?? [])].filter(({ type }) => type.startsWith("image/"));
  for (const [name, of] of [["paste", "clipboardData"], ["drop", "dataTransfer"]]) {
    area.addEventListener(name, (event) => {
      const found = images(event[of]);
      if (!found.length) return;
      event.preventDefault();
      take(found);
    });
  }
  input.addEventListener("change", () => (take([...input.files]), (input.value = "")));
  node.append(label, told, list);
};
