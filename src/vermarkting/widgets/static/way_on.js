// The end of a lesson, and the cards that its codes and terms open anywhere on the page.
const SHORT = 70;
// The grade that closes a citation such as [L09; B96, middel] is that of the claim, and so of each code in it.
const GRADE = /^[^\[\]]*,\s*(hoog|middel|laag|oordeel|afspraak)\]/;
const CODES = /\b[ABHLS]\d{1,3}\b/g;
const PROSE = ".jp-RenderedMarkdown, [data-vm-prose], .vm-question, .vm-cards, .vm-prose, .vm-reveal";
const UNTOUCHED = "a, button, code, pre, select, option, textarea, svg, summary, h1, h2, h3, .vm-code-card, .vm-way-on, .vm-picture, .vm-lookup, .vm-grounds, .cm-editor";

// A place that opens pages in its own way hears this and stops it; elsewhere the link is an ordinary one.
const follow = (event, path) => {
  const asked = new CustomEvent("vermarkting:open", { bubbles: true, cancelable: true, detail: { path } });
  if (!event.target.dispatchEvent(asked)) event.preventDefault();
};
const pageLink = (path, ...words) => {
  const link = el("a", { href: place.page(path) }, ...words);
  link.addEventListener("click", (event) => follow(event, path));
  return link;
};

class Cards {
  constructor(cards, terms, labels) {
    this.cards = cards;
    this.terms = new Map(terms.filter(({ words }) => /\p{L}/u.test(words)).map((term) => [term.words, term]));
    this.labels = labels;
  }

  button(words, card, sureness = "") {
    const node = el("button", { type: "button", className: "vm-code" }, words);
    node.setAttribute("aria-haspopup", "dialog");
    node.setAttribute("aria-label", this.labels.card.replace("{name}", words));
    node.addEventListener("click", (event) => {
      event.preventDefault();
      event.stopPropagation();
      this.open(card, sureness, node);
    });
    ownKeys(node);
    return node;
  }

  // Text in which each known code is a button.
  linked(text, except = "") {
    const nodes = [];
    let from = 0;
    for (const { 0: code, index } of text.matchAll(CODES)) {
      if (!(code in this.cards) || code === except) continue;
      const [, sureness = ""] = GRADE.exec(text.slice(index + code.length)) ?? [];
      // What belongs to a code stays with it on its line: the bracket before it, the sign after it.
      const opens = index > from && "[(".includes(text[index - 1]) ? text[index - 1] : "";
      const [closes] = /^[;,.)\]]*/.exec(text.slice(index + code.length));
      nodes.push(text.slice(from, index - opens.length));
      nodes.push(el("span", { className: "vm-cited" }, opens, this.button(code, this.cards[code], sureness), closes));
      from = index + code.length + closes.length;
    }
    return from ? [...nodes, text.slice(from)] : [text];
  }

  content(card, sureness = "", linked = (text) => this.linked(text)) {
    const rows = sureness ? [...card.rows, [this.labels.cited, this.labels.sure[sureness]]] : card.rows;
    return [
      el("p", {}, card.text),
      el("dl", {}, ...rows.flatMap(([name, words]) => [el("dt", {}, name), el("dd", {}, ...linked(words))])),
      place.entry(card.id) ? el("p", {}, el("a", { href: place.entry(card.id) }, this.labels.entry)) : null,
      card.link ? el("p", {}, el("a", { href: card.link, target: "_blank", rel: "noopener" }, card.link)) : null,
    ];
  }

  open(card, sureness, opener) {
    const titleId = uid("vm-card");
    const close = el("button", { type: "button", className: "vm-close" }, this.labels.close);
    const dialog = el("dialog", { className: "vm-code-card" },
      el("h2", { id: titleId }, card.title), ...this.content(card, sureness).filter(Boolean), close);
    dialog.setAttribute("aria-labelledby", titleId);
    ownKeys(dialog);
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close()); // beside the card
    dialog.addEventListener("close", () => {
      dialog.remove();
      opener.focus({ preventScroll: true });
    });
    dialog.addEventListener("keydown", (event) => event.stopPropagation());
    document.body.append(dialog);
    dialog.showModal();
  }

  // Codes and first mentions of terms below this node become buttons.
  link(root) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const { currentNode: text } = walker;
      const around = text.parentElement;
      if (text.data.trim() && around?.closest(PROSE) && !around.closest(UNTOUCHED)) found.push(text);
    }
    for (const text of found) {
      const nodes = this.linked(text.data).flatMap((part) => (typeof part === "string" ? this.firstTerm(part, text.parentElement) : [part]));
      if (nodes.length > 1) text.replaceWith(...nodes);
    }
  }

  firstTerm(text, around) {
    if (!around.closest(".jp-RenderedMarkdown, [data-vm-prose]")) return [text];
    for (const [words, term] of this.terms) {
      const at = text.indexOf(words);
      if (at < 0 || /\p{L}/u.test(text[at - 1] ?? "") || /\p{L}/u.test(text[at + words.length] ?? "")) continue;
      this.terms.delete(words);
      const button = this.button(words, term);
      button.classList.add("vm-term");
      return [text.slice(0, at), button, ...this.firstTerm(text.slice(at + words.length), around)];
    }
    return [text];
  }

  // Now, and whenever something is added.
  watch(root) {
    this.link(root);
    const added = new Set();
    const later = globalThis.requestIdleCallback ?? ((then) => setTimeout(then, 100));
    const observer = new MutationObserver((changes) => {
      const asked = added.size;
      for (const { addedNodes } of changes) {
        for (const node of addedNodes) {
          const place = node.nodeType === Node.TEXT_NODE ? node.parentElement : node.nodeType === Node.ELEMENT_NODE ? node : null;
          if (place && !place.closest("svg, .vm-picture, .vm-way-on, .vm-code-card, .vm-code")) added.add(place);
        }
      }
      if (asked || !added.size) return;
      later(() => {
        const places = [...added];
        added.clear();
        for (const place of places) if (place.isConnected) this.link(place);
      });
    });
    observer.observe(root, { childList: true, subtree: true });
    return () => observer.disconnect();
  }
}

parts.wayOn = {
  render({ model, el: root }) {
    ownKeys(root);
    const labels = model.get("labels");
    const cards = new Cards(model.get("cards"), model.get("terms"), labels);
    const done = el("p", { role: "status" });
    const open = el("details", { className: "vm-open" });
    const said = el("section", { className: "vm-said" });
    const lessons = el("ul", { className: "vm-lessons" });
    const short = (text) => (text.length > SHORT ? `${text.slice(0, SHORT).replace(/\s+\S*$/, "")} …` : text);
    const draw = () => {
      const left = model.get("still_open");
      const earlier = model.get("said");
      said.hidden = !earlier.length;
      said.replaceChildren(el("h3", {}, labels.said), el("dl", {}, ...earlier.flatMap(({ prompt, answer }) => [el("dt", {}, prompt), el("dd", {}, answer)])));
      done.textContent = left.length ? model.get("done") : `${model.get("done")} ${labels.complete}`;
      open.hidden = !left.length;
      open.replaceChildren(el("summary", {}, `${labels.open} ${left.length}`), el("ul", {}, ...left.map((words) => el("li", {}, short(words)))));
      lessons.replaceChildren(...model.get("lessons").map(({ text, path, state }) => {
        const item = el("li", {}, pageLink(path, text));
        item.dataset.state = state;
        return item;
      }));
    };
    draw();
    for (const name of ["done", "still_open", "lessons", "said"]) model.on(`change:${name}`, draw);

    const all = el("details", { className: "vm-all-codes" }, el("summary", {}, labels.codes));
    const fill = () => {
      if (all.childElementCount > 1) return;
      const every = [...Object.values(model.get("cards")), ...model.get("terms")];
      all.append(...every.map((card) => el("article", {}, el("h3", {}, card.title), ...cards.content(card, "", (text) => [text]).filter(Boolean))));
    };
    all.addEventListener("toggle", fill);
    addEventListener("beforeprint", fill);

    root.append(el("section", { className: "vm-way-on", ariaLabel: labels.title },
      el("h2", {}, labels.title), said, done, open,
      el("ul", { className: "vm-steps" }, ...model.get("steps").map(({ name, title, path }) =>
        el("li", {}, pageLink(path, el("small", {}, name), title)))),
      el("details", {}, el("summary", {}, labels.lessons), lessons), all));

    // The page that this lesson is: its notebook in JupyterLab, the document elsewhere. The view is not on it at once.
    let stop = () => {};
    setTimeout(() => { stop = cards.watch(root.closest(".jp-Notebook, main") ?? document.body); });
    return () => {
      stop();
      removeEventListener("beforeprint", fill);
    };
  },
};
