// The bar at the top of the student's profile: five Dutch buttons in place of JupyterLab's menus. The server extension
// puts their sentences (text/nl/lab.toml) in the page's configuration; the profile asks for the bar.

import { addConversation } from "./conversation.js";

const config = JSON.parse(document.getElementById("jupyter-config-data")?.textContent ?? "{}");
export const text = config.vermarktingText;
export const inProfile = Boolean(config.vermarktingProfile && text);
export const NARROW = matchMedia("(max-width: 1100px)"); // also a wide screen at 200 % zoom
const PHONE = matchMedia("(max-width: 800px)"); // the width in lesson.css at which the panel covers the page
const PANELS = { lessons: "filebrowser", contents: "table-of-contents" }; // without our own list of pages, the files

const isOpen = (app, panel) => [...app.shell.widgets("left")].some(({ id, isVisible }) => id === panel && isVisible);

function toggle(app, panel) {
  if (isOpen(app, panel)) app.shell.collapseLeft();
  else app.shell.activateById(panel);
}

function toggleCode(panel, shown) {
  for (const cell of panel.content.widgets.filter(({ model }) => model.type === "code")) {
    cell.syncCollapse = false; // only here, not in the file
    cell.inputHidden = !shown;
  }
}

export async function addBar(app, tracker, Widget, lessons, pages) {
  if (!inProfile) return;
  document.body.classList.add("vermarkting-profile");

  const bar = new Widget({ node: document.createElement("nav") });
  bar.id = "vermarkting-bar";
  bar.node.setAttribute("aria-label", text.navigation);
  const buttons = {};
  const add = (name, onClick) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = text[name];
    button.addEventListener("click", onClick);
    bar.node.append(button);
    buttons[name] = button;
  };
  for (const name of Object.keys(PANELS)) add(name, () => toggle(app, PANELS[name]));
  add("show_code", () => {
    const shown = tracker.currentWidget?.toggleClass("vermarkting-code");
    if (tracker.currentWidget) toggleCode(tracker.currentWidget, shown);
    refresh();
  });
  add("print", () => window.print());
  add("conversation", () => {});
  addConversation(app, buttons.conversation);
  add("home", () => location.assign(config.vermarktingHome));
  if (!config.vermarktingHome) buttons.home.remove();
  const current = () => lessons.of(tracker.currentWidget);
  add("restart", () => current()?.contact?.restart());
  const sign = document.createElement("p");
  sign.id = "vermarkting-sign";
  sign.setAttribute("role", "status");
  const tell = () => {
    const contact = current()?.contact;
    sign.dataset.state = contact ? (contact.state === "alive" && contact.waiting ? "waiting" : contact.state) : "";
    sign.textContent = contact?.sentence ?? "";
  };
  lessons.told = tell;
  bar.node.append(sign);
  app.shell.add(bar, "top", { rank: 0 });

  const refresh = () => {
    for (const [name, panel] of Object.entries(PANELS)) buttons[name].setAttribute("aria-expanded", isOpen(app, panel));
    const lesson = tracker.currentWidget;
    for (const name of ["show_code", "print", "restart"]) buttons[name].disabled = !lesson;
    tell();
    buttons.show_code.textContent = lesson?.hasClass("vermarkting-code") ? text.hide_code : text.show_code;
  };
  tracker.currentChanged.connect((_, lesson) => {
    if (!lesson) app.shell.activateById(PANELS.lessons); // after the last lesson is closed: which one next?
    refresh();
  });
  app.shell.layoutModified.connect(refresh);

  const [list] = await Promise.all([pages, app.restored]);
  if (list) PANELS.lessons = list;
  for (const side of ["left", "right"]) if (app.shell.isSideTabBarVisible(side)) app.shell.toggleSideTabBarVisibility(side);
  const fit = () => {
    app.shell.collapseRight();
    if (NARROW.matches) app.shell.collapseLeft();
    else app.shell.activateById(PANELS.contents);
    tracker.currentWidget?.content.activate();
  };
  // On a phone the panel lies over the whole page: who chose a heading wants to read there.
  document.addEventListener("click", ({ target }) => PHONE.matches && target.closest?.(".jp-tocItem-heading") && app.shell.collapseLeft());
  NARROW.addEventListener("change", fit);
  fit();
  refresh();
}
