// Taking part in a conversation in class, beside any lesson. Nothing is loaded or sent before the student asks for it.
const { vermarktingLive: live } = JSON.parse(document.getElementById("jupyter-config-data")?.textContent ?? "{}");
const SHEET = "lessons/antwoorden.json";

/** Lets a button of the bar open and close the panel. */
export function addConversation(app, button) {
  if (!live) return button.remove();
  let panel;
  const show = (shown) => {
    panel.hidden = !shown;
    button.setAttribute("aria-expanded", shown);
  };
  const own = async (id) => {
    const { content } = await app.serviceManager.contents.get(SHEET, { type: "file", format: "text", content: true });
    return JSON.parse(content).answers[id]?.value;
  };
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", async () => {
    if (panel) return show(panel.hidden);
    panel = document.createElement("aside");
    panel.id = "vermarkting-conversation";
    panel.setAttribute("aria-label", live.words.title);
    document.body.append(panel);
    show(true);
    const { takePart } = await import(new URL(live.script, location.href).href);
    const service = live.service && new URL(live.service, location.href).href;
    panel.addEventListener("vermarkting:asked", () => show(true));
    takePart(panel, { words: live.words, service, own });
    panel.querySelector("input")?.focus();
  });
}
