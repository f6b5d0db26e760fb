// A list of entries under a search field: accents and capitals do not matter, and every word typed must occur. Those
// behind only show themselves to who searches for them.
const bare = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

parts.lookup = {
  render({ model, el: root }) {
    ownKeys(root);
    const labels = model.get("labels");
    const entries = model.get("entries").map(({ title, category, text, note, origin, link, behind = false }) => ({
      category,
      behind,
      words: bare(`${title} ${text} ${note}`),
      node: el("div", { className: "vm-entry" },
        el("dt", {}, title),
        el("dd", {}, text, note ? el("p", {}, note) : null, el("small", {}, origin, link ? el("a", { href: link, target: "_blank", rel: "noopener" }, link) : null))),
    }));

    const all = entries.filter(({ behind }) => !behind).length;

    const [searchId, kindId] = [uid("vm-search"), uid("vm-kind")];
    const search = el("input", { type: "search", id: searchId, autocomplete: "off" });
    const kinds = model.get("categories").map((name) => el("option", { value: name }, name));
    const kind = el("select", { id: kindId }, el("option", { value: "" }, labels.all), ...kinds);
    const found = el("p", { role: "status", className: "vm-found" });

    const filter = () => {
      const asked = bare(search.value).trim().split(/\s+/);
      const count = [0, 0];
      for (const { category, behind, words, node } of entries) {
        const unasked = behind && !asked[0];
        node.hidden = unasked || Boolean(kind.value && kind.value !== category) || !asked.every((word) => words.includes(word));
        count[Number(behind)] += !node.hidden;
      }
      const [shown, also] = count;
      const told = [
        shown ? labels.found.replace("{shown}", shown).replace("{all}", all) : "",
        also ? labels.also.replace("{also}", also) : "",
      ];
      found.textContent = told.filter(Boolean).join(" ") || labels.nothing;
    };
    search.addEventListener("input", filter);
    kind.addEventListener("change", filter);
    filter();

    root.append(el("div", { className: "vm-lookup" },
      el("div", { className: "vm-filter" },
        el("label", { htmlFor: searchId }, labels.search), search,
        el("label", { htmlFor: kindId }, labels.kind), kind),
      found,
      el("dl", {}, ...entries.map(({ node }) => node))));
  },
};
