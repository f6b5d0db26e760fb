// Keeps the site on this device. VERSION and FILES (bytes by path) stand before this, put there when the site was made.
// Shared files carry their version in their folder's name and never change; pages are asked for anew where there is a net.
const SCOPE = self.registration.scope;
const CACHE = `vermarkting:${SCOPE}:${VERSION}`;
const PATIENCE_MS = 4000;
const AT_ONCE = 6;
const ALL = "all-of-it"; // an entry that says that somebody asked for everything

const address = (path) => new URL(path, SCOPE).href;
const pathOf = (url) => decodeURIComponent(url.split(/[?#]/)[0].slice(SCOPE.length)) || "index.html";
const isShared = (path) => /^(deel|pyodide)-/.test(path);
const earlier = async () => (await caches.keys()).filter((name) => name.startsWith(`vermarkting:${SCOPE}:`) && name !== CACHE);

const keep = async (paths, told = () => {}) => {
  const cache = await caches.open(CACHE);
  const waiting = [...paths];
  const take = async () => {
    for (let path = waiting.shift(); path; path = waiting.shift()) {
      if (!(await cache.match(address(path)))) await cache.add(address(path));
      told(paths.length - waiting.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, take));
};

// What did not change is not fetched again; who asked for everything has everything of the new version too.
const takeAlong = async () => {
  const cache = await caches.open(CACHE);
  for (const name of await earlier()) {
    const old = await caches.open(name);
    for (const path of Object.keys(FILES).filter(isShared)) {
      const found = await old.match(address(path));
      if (found) await cache.put(address(path), found);
    }
    if (await old.match(address(ALL))) {
      await keep(Object.keys(FILES));
      await cache.put(address(ALL), new Response(""));
    }
  }
};

const fromShared = async (request) => {
  const cache = await caches.open(CACHE);
  const found = (await cache.match(request.url)) ?? (await caches.match(request.url)); // an older page keeps its own parts
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request.url, answer.clone());
  return answer;
};

const fromNet = async (request, path) => {
  const cache = await caches.open(CACHE);
  const kept = () => cache.match(address(path));
  try {
    const answer = await Promise.race([fetch(request), new Promise((_, reject) => setTimeout(reject, PATIENCE_MS)).catch(async () => (await kept()) ?? fetch(request))]);
    if (answer.ok && path in FILES) await cache.put(address(path), answer.clone());
    return answer;
  } catch (error) {
    const found = (await kept()) ?? (request.mode === "navigate" ? await cache.match(address("index.html")) : undefined);
    if (found) return found;
    throw error;
  }
};

self.addEventListener("install", (event) => event.waitUntil(takeAlong()));
self.addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await earlier()) await caches.delete(name);
  await self.clients.claim();
})()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(SCOPE)) return;
  const path = pathOf(request.url);
  event.respondWith(isShared(path) ? fromShared(request) : fromNet(request, path));
});
self.addEventListener("message", (event) => {
  const { kind, page } = event.data;
  const tell = (words) => event.source?.postMessage(words);
  if (kind === "skip") self.skipWaiting();
  else if (kind === "core") event.waitUntil(keep(["index.html", "zoek.json", pathOf(page), ...Object.keys(FILES).filter(isShared)].filter((path) => path in FILES)).then(() => tell({ kind: "core" }), () => {}));
  else if (kind === "all") {
    const paths = Object.keys(FILES);
    event.waitUntil(keep(paths, (done) => tell({ kind: "all", done, all: paths.length }))
      .then(async () => (await caches.open(CACHE)).put(address(ALL), new Response("")))
      .then(() => tell({ kind: "all-done" }), () => tell({ kind: "all-failed" })));
  }
});
