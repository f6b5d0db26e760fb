// How a number is read that a student types: the Dutch and Belgian way, and never by guessing. A comma is a decimal sign,
// points and spaces group digits by three. One sign with three digits behind it can be either: then both are given.
// Gives a list: one number, two that it may be, or none for what is no number.
const SPACES = /[\s\u00a0\u2009\u202f'’]+/g;
const readNumber = (typed) => {
  const text = typed.trim().replace(/^(€|eur\b|euro\b)\s*|\s*(€|eur|euro|%|procent|pct)\.?$/gi, "").replace(/^[−–—]\s*/, "-").replace(/^\+\s*/, "");
  const sign = text.startsWith("-") ? -1 : 1;
  const said = text.replace(/^-\s*/, "");
  const spaced = said.split(SPACES);
  if (spaced.length > 1 && !(/^\d{1,3}$/.test(spaced[0]) && spaced.slice(1, -1).every((part) => /^\d{3}$/.test(part)) && /^\d{3}([.,]\d+)?$/.test(spaced.at(-1)))) return [];
  const plain = spaced.join("");
  if (!/^\d[\d.,]*$/.test(plain) || /[.,]$/.test(plain)) return [];
  const value = (whole, rest = "") => sign * Number(`${whole.replace(/[.,]/g, "")}.${rest || "0"}`);
  const grouped = (whole, mark) => whole.split(mark).every((part, i) => (i ? /^\d{3}$/ : /^\d{1,3}$/).test(part)) && !whole.startsWith("0");
  const marks = plain.match(/[.,]/g) ?? [];
  const last = marks.at(-1);
  if (!marks.length) return [value(plain)];
  const at = plain.lastIndexOf(last);
  const [before, after] = [plain.slice(0, at), plain.slice(at + 1)];
  if (new Set(marks).size === 2) {
    const other = last === "," ? "." : ",";
    return marks.indexOf(last) === marks.length - 1 && grouped(before, other) ? [value(before, after)] : [];
  }
  if (marks.length > 1) return grouped(plain, last) ? [value(plain)] : [];
  const decimal = value(before, after);
  const either = after.length === 3 && spaced.length === 1 && grouped(plain, last);
  return either ? [value(plain), decimal] : [decimal];
};
