// The only cells that run without a click. A cell that is not of this form waits for the reader.
//
//   cell      = statement { (";" | newline) statement }
//   statement = "from vermarkting import" module [ "as" name ]  |  name "." function "(" [ arguments ] ")"
//   arguments = [ name "=" ] literal { "," [ name "=" ] literal }
//   literal   = string | number | True | False | None | "[" [ literal { "," literal } ] "]"
//
// A function's name is in lower case, so that no class (such as a widget that shows HTML) can be made here.
// The text is read once, from left to right, without stepping back: the time it takes grows with its length only.

// What can be imported, and what can be called of it: any function of ours, or only these.
const ANY = { has: () => true };
const MODULES = new Map([["explorables", ANY], ["widgets", ANY], ["grading", new Set(["rubric"])]]);
const LONGEST_CELL = 2000;
const DEEPEST_LIST = 3;
const KEYWORDS = new Set(
  ("and as assert async await break class continue def del elif else except finally for from global if import in is "
    + "lambda nonlocal not or pass raise return try while with yield").split(" "),
);

// A string holds no backslash, control character, line separator or mark that turns the reading direction.
const TOKEN = new RegExp(
  [
    String.raw`(?<space> +)`,
    String.raw`(?<end>[;\n])`,
    String.raw`(?<name>[a-zA-Z_][a-zA-Z0-9_]*)`,
    String.raw`(?<number>-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?(?![0-9a-zA-Z_.]))`,
    String.raw`(?<string>"(?!")[^"\\\p{Cc}\p{Zl}\p{Zp}\p{Cf}]*"|'(?!')[^'\\\p{Cc}\p{Zl}\p{Zp}\p{Cf}]*'|""(?!")|''(?!'))`,
    String.raw`(?<sign>[.,=()\[\]])`,
  ].join("|"),
  "uy",
);

class NotStrict extends Error {}

function tokens(source) {
  const found = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.length) {
    const match = TOKEN.exec(source);
    if (!match) throw new NotStrict();
    const [kind] = Object.entries(match.groups).find(([, text]) => text !== undefined);
    found.push({ kind, text: match[0] });
  }
  return found;
}

class Reader {
  constructor(source) {
    // IPython reads an indented first line, or a space before a statement, in its own way: none of that here.
    const all = tokens(source);
    this.tokens = all.filter(({ kind }) => kind !== "space");
    this.indented = all.some(({ kind }, i) => kind === "space" && (i === 0 || all[i - 1].text === "\n"));
    this.at = 0;
  }

  get done() { return this.at === this.tokens.length; }

  sees(text) { return !this.done && this.tokens[this.at].text === text && this.tokens[this.at].kind !== "string"; }

  take(text) { return this.sees(text) && Boolean(++this.at); }

  demand(text) { if (!this.take(text)) throw new NotStrict(); }

  kind(kind) {
    if (this.done || this.tokens[this.at].kind !== kind) throw new NotStrict();
    return this.tokens[this.at++].text;
  }

  name() {
    const name = this.kind("name");
    if (!/^[a-z][a-z0-9_]*$/.test(name) || KEYWORDS.has(name)) throw new NotStrict();
    return name;
  }
}

function readImport(reader, bound) {
  for (const word of ["from", "vermarkting", "import"]) reader.demand(word);
  const module = reader.name();
  if (!MODULES.has(module)) throw new NotStrict();
  bound.set(reader.take("as") ? reader.name() : module, MODULES.get(module));
}

function readCall(reader, bound) {
  const functions = bound.get(reader.name());
  reader.demand(".");
  if (!functions?.has(reader.name())) throw new NotStrict();
  reader.demand("(");
  readList(reader, ")", () => {
    const next = reader.tokens[reader.at + 1];
    if (next?.text === "=" && next.kind === "sign") {
      reader.name();
      reader.demand("=");
    }
    readLiteral(reader, 0);
  });
}

function readLiteral(reader, depth) {
  if (reader.take("[")) {
    if (depth === DEEPEST_LIST) throw new NotStrict();
    readList(reader, "]", () => readLiteral(reader, depth + 1));
  } else if (!["True", "False", "None"].some(word => reader.take(word))) {
    if (reader.done || !["string", "number"].includes(reader.tokens[reader.at].kind)) throw new NotStrict();
    reader.at += 1;
  }
}

function readList(reader, closing, readItem) {
  while (!reader.take(closing)) {
    readItem();
    if (!reader.sees(closing)) reader.demand(",");
  }
}

/** Whether a cell's source, as a whole, has the strict form. */
export function isStrict(source) {
  if (typeof source !== "string" || source.length > LONGEST_CELL) return false;
  try {
    const reader = new Reader(source.replace(/[ \n]+$/, ""));
    if (reader.indented) return false;
    const bound = new Map();
    let calls = 0;
    do {
      if (reader.sees("from")) readImport(reader, bound);
      else {
        readCall(reader, bound);
        calls += 1;
      }
      if (!reader.done) reader.kind("end");
    } while (!reader.done);
    return calls > 0;
  } catch (error) {
    if (error instanceof NotStrict) return false;
    throw error;
  }
}
