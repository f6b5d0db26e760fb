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

// The site stays on this device; a new version is announced, never forced.
const root = new URL(document.body.dataset.root, document.baseURI);
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
