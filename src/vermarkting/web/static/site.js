// What every page of the site does: contents that follow the reading, and keeping the site on this device.
const links = new Map([...document.querySelectorAll(".contents a")].map((link) => [link.hash.slice(1), link]));
const headings = [...links.keys()].map((id) => document.getElementById(decodeURIComponent(id))).filter(Boolean);

// The heading that was passed last is the one being read.
const follow = () => {
  const passed = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 3).at(-1) ?? headings[0];
  for (const [id, link] of links) {
    if (passed && decodeURIComponent(id) === passed.id) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
};
if (headings.length) {
  addEventListener("scroll", () => requestAnimationFrame(follow), { passive: true });
  follow();
}
const contents = document.querySelector(".contents details");
if (contents && !matchMedia("(min-width: 1180px)").matches) contents.open = false;
contents?.parentElement.classList.add("ready");

// A table that is wider than the page is reached by keyboard too, and then scrolled.
const reach = () => {
  for (const table of document.querySelectorAll(".words table")) {
    if (table.scrollWidth > table.clientWidth) table.tabIndex = 0;
    else table.removeAttribute("tabindex");
  }
};
addEventListener("resize", reach, { passive: true });
reach();

const root = new URL(document.body.dataset.root, document.baseURI);

// What one cites has the address that it was read at.
for (const told of document.querySelectorAll(".address")) told.textContent = location.href.split("#")[0];

// Search: by the button, or by a key where nothing is being written.
const opener = document.getElementById("search-open");
const dialog = document.getElementById("search");
let prepared;
const openSearch = () => {
  prepared ??= import("./search.js").then(({ prepare }) => prepare(root));
  dialog.showModal();
  document.getElementById("search-words").select();
};
opener.disabled = false;
opener.addEventListener("click", openSearch);
document.getElementById("search-close").addEventListener("click", () => dialog.close());
dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close()); // beside it
addEventListener("keydown", (event) => {
  const writes = event.target.closest?.("input, textarea, select, [contenteditable], dialog");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || writes) return;
  event.preventDefault();
  openSearch();
});

// The site stays on this device; a new version is announced, never forced.
const worker = navigator.serviceWorker;
const announce = (waiting) => {
  const box = document.getElementById("update");
  box.hidden = false;
  box.querySelector("button").onclick = () => {
    worker.addEventListener("controllerchange", () => location.reload(), { once: true });
    waiting.postMessage({ kind: "skip" });
  };
};
if (worker) {
  const registration = await worker.register(new URL("sw.js", root), { scope: root.pathname, updateViaCache: "none" }).catch(() => undefined);
  const watch = (installing) => installing?.addEventListener("statechange", () => {
    if (installing.state === "installed" && worker.controller) announce(installing);
  });
  if (registration?.waiting && worker.controller) announce(registration.waiting);
  registration?.addEventListener("updatefound", () => watch(registration.installing));
  if (registration) worker.ready.then(({ active }) => active.postMessage({ kind: "core", page: location.href }));
}

// Everything at once, for who will be without a net.
const button = document.getElementById("offline");
if (button && worker) {
  const told = document.getElementById("offline-told");
  const { busy, done, failed } = told.dataset;
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    const { active } = await worker.ready;
    active.postMessage({ kind: "all" });
  });
  worker.addEventListener("message", ({ data }) => {
    if (data.kind === "all") told.textContent = busy.replace("{done}", data.done).replace("{all}", data.all);
    else if (data.kind === "all-done") told.textContent = done;
    else if (data.kind === "all-failed") ((told.textContent = failed), (button.disabled = false));
  });
}
