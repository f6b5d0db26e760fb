// Taking part in a conversation in class, where the site was made with the address of one. Nothing is sent before the
// reader asks for it.
import { openStore } from "./store.js";

const { conversation, root: path } = JSON.parse(document.getElementById("page").textContent);
const root = new URL(path, document.baseURI);
const button = document.getElementById("take-part");
const panel = document.createElement("aside");
panel.id = "conversation";
panel.setAttribute("aria-label", conversation.words.title);

const own = async (id) => {
  const store = await openStore(root.pathname);
  return JSON.parse((await store.get("lessons/antwoorden.json")) ?? '{"answers":{}}').answers[id]?.value;
};
const show = (shown) => {
  panel.hidden = !shown;
  button.setAttribute("aria-expanded", shown);
};
panel.addEventListener("vermarkting:asked", () => show(true));
button.addEventListener("click", async () => {
  if (panel.isConnected) return show(panel.hidden);
  document.body.append(panel);
  show(true);
  const { takePart } = await import("./panel.js");
  takePart(panel, { words: conversation.words, service: new URL(conversation.service, location.href).href, own });
  panel.querySelector("input")?.focus();
});
