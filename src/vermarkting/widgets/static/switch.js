// Whether one thing is on or off, such as an argument on a map. A change is held until it is kept, whatever else comes
// into view meanwhile.
parts.switch = {
  render({ model, el: root }) {
    ownKeys(root);
    const given = new Map(); // by thing: what was chosen and is not kept yet
    let stage = "kept";
    const name = uid("vm-switch");
    const legend = el("legend");
    const status = el("p", { className: "vm-status", role: "status" });
    const inputs = ["on", "off"].map((value) => el("input", { type: "radio", name, value }));
    const show = () => {
      const about = model.get("about");
      const on = given.get(about) ?? model.get("on");
      legend.textContent = model.get("legend");
      for (const input of inputs) input.checked = (input.value === "on") === on;
    };
    const said = (why) => ((status.textContent = stage === "kept" ? model.get("status") : why), (status.dataset.stage = stage));
    const life = answering(model, root, (now, why) => {
      stage = now;
      said(why);
      if (now !== "kept") return;
      given.clear();
      show();
    });
    const choose = (on) => {
      const about = model.get("about");
      given.set(about, on);
      life.give({ id: about, on }, about);
    };
    for (const input of inputs) input.addEventListener("change", () => choose(input.value === "on"));
    const rows = inputs.map((input) => el("label", {}, input, el("span", {}, model.get("options")[input.value])));
    root.append(el("fieldset", { className: "vm-choice" }, legend, ...rows), status);
    show();
    if (stage === "kept") said();
    model.on("change:about change:on change:legend", show);
    model.on("change:status", () => stage === "kept" && said());
    whileAlive(model, root);
  },
};
