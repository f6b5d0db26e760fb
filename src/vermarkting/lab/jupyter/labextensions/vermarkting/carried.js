// A student's answers as one file, out of the folder and into it: two buttons below the list. The server does the work
// (carried.py); here is seen to it that what stands on the page is on disk first, and that nothing is saved in between.
import { text } from "./bar.js";
import { whileNobodySaves } from "./prose.js";

const NAME = "vermarkting-antwoorden.json"; // as carrying.py calls it

export function addCarrying(app, tracker, { ServerConnection }, list) {
  const section = document.createElement("section");
  const heading = Object.assign(document.createElement("h2"), { textContent: text.yours });
  const told = document.createElement("p");
  told.setAttribute("role", "status");
  const chosen = Object.assign(document.createElement("input"), { type: "file", accept: ".json,application/json", hidden: true });
  const buttons = ["carry_out", "carry_in"].map((name) => Object.assign(document.createElement("button"), { type: "button", textContent: text[name] }));

  const { serverSettings } = app.serviceManager;
  const ask = (init) => ServerConnection.makeRequest(`${serverSettings.baseUrl}vermarkting/answers`, init, serverSettings);
  const saveAll = () => {
    const open = [];
    tracker.forEach(({ context }) => open.push(context.save()));
    return Promise.all(open);
  };
  const attempt = async (task) => {
    for (const button of buttons) button.disabled = true;
    told.textContent = text.carry_busy;
    try {
      told.textContent = await task();
    } catch {
      told.textContent = text.carry_failed; // no server
    }
    for (const button of buttons) button.disabled = false;
  };
  const refusal = async (answer) => (await answer.json()).told ?? text.carry_failed;

  const carryOut = async () => {
    await saveAll();
    const answer = await ask({ cache: "no-store" });
    if (!answer.ok) return refusal(answer);
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(await answer.blob()), download: NAME });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    return text.carry_made;
  };
  const carryIn = async (file) => {
    await saveAll();
    const notebooks = list.rows.map(({ path }) => path);
    const answer = await whileNobodySaves(notebooks, () => ask({ method: "POST", body: file }));
    list.lookSoon();
    return answer.ok ? (await answer.json()).told : refusal(answer);
  };
  buttons[0].addEventListener("click", () => attempt(carryOut));
  buttons[1].addEventListener("click", () => chosen.click());
  chosen.addEventListener("change", async () => {
    const [file] = chosen.files;
    if (file) await attempt(() => carryIn(file));
    chosen.value = "";
  });
  section.append(heading, ...buttons, chosen, told);
  list.node.append(section);
}
