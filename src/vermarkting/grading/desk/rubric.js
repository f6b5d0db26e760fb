// A click on a level writes the line "criterion: level" at the top of the comment. Once each criterion has a level,
// their points become the score. The lines are what counts: they may as well be typed.
$(function () {
  document.querySelector(".toggle-name").addEventListener("click", (event) => {
    const shown = document.body.classList.toggle("with-name");
    event.currentTarget.setAttribute("aria-pressed", String(shown));
  });

  document.querySelectorAll(".rubric").forEach((rubric) => {
    const cell = rubric.closest(".nbgrader_cell");
    const comment = cell.querySelector(".comment");
    const score = cell.querySelector(".score");
    const criteria = [...rubric.querySelectorAll("fieldset")];

    const levelOn = (line, criterion) => {
      const plain = line.replace(/^[\s*_•-]+/, "").toLowerCase();
      const name = criterion.dataset.criterion.toLowerCase();
      if (!plain.startsWith(name)) return null;
      const said = plain.slice(name.length).match(/^[\s*_]*[:=][\s*_]*(?:niveau\s+)?(.*)$/)?.[1];
      const choices = [...criterion.querySelectorAll("input")];
      if (!said) return null;
      if (/^[1-4](?!\d|[.,]\d)/.test(said)) return said[0];
      return choices.find((choice) => said.startsWith(choice.dataset.level.toLowerCase()))?.value ?? null;
    };

    const showLevels = () => {
      for (const criterion of criteria) {
        const level = comment.value.split("\n").map((line) => levelOn(line, criterion)).find(Boolean);
        for (const choice of criterion.querySelectorAll("input")) choice.checked = choice.value === level;
      }
    };

    const chosen = () => criteria.map((criterion) => criterion.querySelector(":checked"));

    const save = (box, value) => {
      box.value = value;
      box.dispatchEvent(new Event("change", { bubbles: true }));
    };

    rubric.addEventListener("change", () => {
      const picked = chosen();
      const lines = criteria.flatMap((criterion, at) =>
        picked[at] ? [`${criterion.dataset.criterion}: ${picked[at].value} (${picked[at].dataset.level})`] : []);
      const rest = comment.value.split("\n").filter((line) => !criteria.some((criterion) => levelOn(line, criterion)));
      save(comment, [...lines, ...rest].join("\n").trim());
      if (picked.every(Boolean)) {
        save(score, picked.reduce((sum, choice) => sum + Number(choice.dataset.points), 0));
      }
    });
    comment.addEventListener("change", showLevels);

    // A level chosen before comment and points have come from the server would be lost.
    for (const criterion of criteria) criterion.disabled = true;
    const waiting = setInterval(() => {
      const { comments, grades } = formgrader;
      if (!comments?.loaded || !grades?.loaded) return;
      clearInterval(waiting);
      // The answer to a save tells what was saved then. By now there may be another choice, or more text.
      for (const model of comments.models) model.parse = ({ manual_comment, ...rest }) => rest;
      for (const model of grades.models) model.parse = ({ manual_score, extra_credit, ...rest }) => rest;
      for (const criterion of criteria) criterion.disabled = false;
      showLevels();
    }, 100);
  });
});
