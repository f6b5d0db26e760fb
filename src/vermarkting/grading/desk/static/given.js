// What the server put in the page: the question, the sentences, the way back to the server.
const given = JSON.parse(document.getElementById("given").textContent);
export const { asked, levels: LEVEL_NAMES } = given;
export const at = (id) => document.getElementById(id);

/** A sentence with its {placeholders} filled in; {count:|one|more} is a number with its noun, {count:~is|are} the word. */
export const say = (key, values = {}) =>
  given.text[key].replace(/\{(\w+)(?::([|~])([^|}]*)\|([^}]*))?\}/g, (_, name, kind, one, more) => {
    const word = String(values[name]) === "1" ? one : more;
    return !kind ? values[name] : kind === "~" ? word : `${values[name]} ${word}`;
  });

export const dutch = (number) => String(Math.round(number * 100) / 100).replace(".", ",");

/** Ask the server for something of this question; gives {ok, status, body}, also when it does not answer. */
export async function ask(path, method = "GET", body) {
  const address = `${location.pathname}/${path}${location.search}`;
  const headers = { "X-XSRFToken": given.xsrf, "Content-Type": "application/json" };
  try {
    const answer = await fetch(address, { method, headers, body: body && JSON.stringify(body) });
    return { ok: answer.ok, status: answer.status, body: await answer.json().catch(() => ({})) };
  } catch {
    return { ok: false, status: 0, body: { say: say("offline") } };
  }
}

/** Make an element with attributes and children; text is always text. */
export function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== null) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}
