// What two markers settled on goes to the server, one answer at a time; the answer then leaves the list.
const given = JSON.parse(document.getElementById("given").textContent);

for (const form of document.querySelectorAll(".settle")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const levels = [...form.querySelectorAll("select")].map((choice) => Number(choice.value));
    const said = form.querySelector("[role=status]");
    try {
      const answer = await fetch(`${location.pathname}/${form.dataset.answer}${location.search}`, {
        method: "PUT",
        headers: { "X-XSRFToken": given.xsrf, "Content-Type": "application/json" },
        body: JSON.stringify({ levels, was: form.dataset.was }),
      });
      const body = await answer.json();
      if (answer.ok) location.reload();
      else said.textContent = answer.status === 409 ? given.text.other : body.say;
    } catch {
      said.textContent = given.text.offline;
    }
  });
}
