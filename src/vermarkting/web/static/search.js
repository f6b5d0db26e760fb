// Search over lessons, arguments and terms, in a window over the page. Accents and capitals do not matter, every word
// typed must occur; what has them in its title comes first.
const MOST = 20;
const AROUND = 60;
const bare = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

let rows;
const load = async (root) => {
  const found = await fetch(new URL("zoek.json", root)).then((answer) => answer.json());
  rows = found.map(([kind, title, address, text]) => ({ kind, title, address, text, head: bare(title), all: bare(`${title} ${text}`) }));
};

const weight = ({ head, kind, title }, words) => (kind === title ? 1 : 0) + words.reduce((sum, word) => sum + (head.includes(word) ? (head.startsWith(word) ? 3 : 2) : 0), 0);
const search = (typed) => {
  const words = bare(typed).split(/\s+/).filter(Boolean);
  if (bare(typed).trim().length < 2) return [];
  return rows.filter(({ all }) => words.every((word) => all.includes(word)))
    .map((row) => ({ row, weight: weight(row, words) })).sort((one, other) => other.weight - one.weight).map(({ row }) => row);
};

// The words around the first one that was found; text keeps its length when it is made bare, letter by letter.
const excerpt = (text, typed) => {
  const letters = [...text.normalize("NFC")];
  const at = letters.map((letter) => bare(letter)[0] ?? letter).join("").indexOf(bare(typed).split(/\s+/)[0]);
  const from = Math.max(0, at - AROUND);
  return (from ? "… " : "") + letters.slice(from, from + 3 * AROUND).join("").replace(/^\S*\s/, from ? "" : "$&") + (letters.length > from + 3 * AROUND ? " …" : "");
};

const node = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });

export const prepare = async (root) => {
  const dialog = document.getElementById("search");
  const [input, told, hits] = ["search-words", "search-told", "search-hits"].map((id) => document.getElementById(id));
  const show = () => {
    const found = rows ? search(input.value) : [];
    const lines = found.slice(0, MOST).map((row) => {
      const link = node("a", "");
      link.href = new URL(row.address, root);
      link.append(node("small", row.kind === row.title ? "" : row.kind), node("strong", row.title), node("span", excerpt(row.text, input.value)));
      const line = node("li", "");
      line.append(link);
      return line;
    });
    hits.replaceChildren(...lines);
    const { found: some, none, short } = told.dataset;
    told.textContent = input.value.trim().length < 2 ? short : found.length ? some.replace("{n}", found.length) : none;
  };
  input.addEventListener("input", show);
  hits.addEventListener("click", ({ target }) => target.closest("a") && dialog.close());
  dialog.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Enter" && event.target === input) hits.querySelector("a")?.click();
    if (!step) return;
    event.preventDefault();
    const stops = [input, ...hits.querySelectorAll("a")];
    stops[Math.min(stops.length - 1, Math.max(0, stops.indexOf(document.activeElement) + step))]?.focus();
  });
  await load(root).catch(() => (told.textContent = told.dataset.failed));
  show();
};
