// What stays in this browser: the files of the student's folder, by path. One writer at a time over all tabs and workers;
// another tab hears of each change. Nothing is said to be kept before the browser has committed it.
const TABLE = "files";

const asked = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

export const openStore = async (scope) => {
  const name = `vermarkting:${scope}`;
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(TABLE);
  const database = await asked(opening);
  const channel = new BroadcastChannel(name);
  const table = (mode) => database.transaction(TABLE, mode, { durability: "strict" });

  return {
    get: (path) => asked(table("readonly").objectStore(TABLE).get(path)),

    // Gives all files as [path, content].
    async all() {
      const found = table("readonly").objectStore(TABLE);
      const [paths, contents] = await Promise.all([asked(found.getAllKeys()), asked(found.getAll())]);
      return paths.map((path, i) => [path, contents[i]]);
    },

    // Resolves once the files are durable; rejects, and changes nothing, where there is no room.
    async put(files) {
      const change = table("readwrite");
      const done = new Promise((resolve, reject) => {
        change.oncomplete = resolve;
        change.onabort = change.onerror = () => reject(change.error);
      });
      for (const [path, content] of files) change.objectStore(TABLE).put(content, path);
      await done;
      channel.postMessage(files.map(([path]) => path));
    },

    // Runs `task` while no other tab or worker is inside `alone`.
    alone: (task) => navigator.locks.request(name, task),

    // `changed(paths)` hears what another tab or worker put.
    follow(changed) {
      channel.onmessage = ({ data }) => changed(data);
    },
  };
};
