// The service's own page, for a phone or for who has no lesson open.
import { takePart } from "./panel.js";

const { panel } = JSON.parse(document.getElementById("state").textContent);
const service = new URL(".", location.href).href;
let part;
const begin = () => {
  part?.stop();
  part = takePart(document.getElementById("part"), { words: panel, service, code: location.hash.slice(1).toUpperCase().slice(0, 5) });
};
addEventListener("hashchange", begin); // another code was scanned while the page was open
begin();
