// A ranking that may stay open: what was put in order from high to low, and what shares the last place. By button or by
// dragging; what is dragged onto a row takes its place.
const rankSome = ({ question, answer, labels, save }) => {
  const items = new Map(question.items.map((item) => [item.id, item]));
  const ranked = [...(answer ?? [])];
  const list = el("ol", { className: "vm-order vm-ranked" });
  const none = el("p", { className: "vm-drop" }, labels.none_ranked);
  const pool = el("ul", { className: "vm-pool" });
  const pooled = el("p", { className: "vm-pool-title" }, labels.pool);
  const spoken = el("p", { className: "vm-hidden", role: "status" });
  let dragged;

  const place = (id, at, focus) => {
    const from = ranked.indexOf(id);
    if (from === at || at < 0 || at > ranked.length - (from >= 0)) return;
    if (from >= 0) ranked.splice(from, 1);
    ranked.splice(at, 0, id);
    done(id, `.vm-ranked [data-id="${CSS.escape(id)}"] ${focus}`, labels.moved.replace("{place}", at + 1));
  };
  const drop = (id) => {
    ranked.splice(ranked.indexOf(id), 1);
    done(id, `.vm-pool [data-id="${CSS.escape(id)}"] button`, labels.unranked);
  };
  const done = (id, focused, words) => {
    save([...ranked]);
    draw();
    whole.querySelector(focused)?.focus();
    spoken.textContent = words.replace("{item}", items.get(id).text);
  };

  const button = (className, label, text, sign, onclick) =>
    el("button", { type: "button", className, "aria-label": `${label}: ${text}`, title: label, onclick }, sign);
  const row = (id, props, ...children) => {
    const node = el("li", { draggable: true, "data-id": id, ...props }, ...children);
    node.addEventListener("dragstart", (event) => ((dragged = id), event.dataTransfer.setData("text/plain", id)));
    node.addEventListener("dragend", () => (dragged = undefined));
    return node;
  };
  const takes = (node, at) => {
    node.addEventListener("dragover", (event) => dragged !== undefined && (event.preventDefault(), node.classList.add("vm-over")));
    node.addEventListener("dragleave", () => node.classList.remove("vm-over"));
    node.addEventListener("drop", (event) => {
      event.preventDefault();
      node.classList.remove("vm-over");
      if (dragged !== undefined) at(dragged);
    });
    return node;
  };
  const high = (id, at) => {
    const { text, hint } = items.get(id);
    const node = row(id, {}, el("div", {},
      button("vm-up", labels.up, text, "↑", () => place(id, at - 1, ".vm-up")),
      button("vm-down", labels.down, text, "↓", () => place(id, at + 1, ".vm-down")),
      button("vm-out", labels.unrank, text, "×", () => drop(id)),
      el("span", {}, text, hint ? el("small", {}, hint) : null)));
    return takes(node, (other) => place(other, at, ".vm-up"));
  };
  const low = ([id, { text, hint }]) =>
    row(id, { title: hint ?? "" }, button("vm-in", labels.rank, text, text, () => place(id, ranked.length, ".vm-up")));

  const draw = () => {
    list.replaceChildren(...ranked.map(high));
    none.hidden = ranked.length > 0;
    const left = [...items].filter(([id]) => !ranked.includes(id));
    pool.replaceChildren(...left.map(low));
    pooled.hidden = left.length === 0;
  };
  takes(none, (id) => place(id, 0, ".vm-up"));
  takes(pool, (id) => ranked.includes(id) && drop(id));
  const whole = el("div", {}, none, list, pooled, pool, spoken);
  draw();
  return whole;
};
