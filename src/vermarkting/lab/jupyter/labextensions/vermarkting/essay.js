// An answer cell as a place to write: the browser's spelling in Dutch, and how to make bold and a list.
import { text } from "./bar.js";

export function dress(cell) {
  const help = document.createElement("p");
  help.className = "vermarkting-help";
  help.textContent = text.prose_help;
  cell.node.append(help);
  const spell = () => {
    for (const area of cell.node.querySelectorAll(".cm-content:not([lang])")) {
      area.lang = "nl";
      area.spellcheck = true;
    }
  };
  new MutationObserver(spell).observe(cell.node, { childList: true, subtree: true }); // the editor comes when it is needed
  spell();
}
