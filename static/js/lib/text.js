// Words for scripts. They come translated from the server: {"key": "text with %(name)s"} and, for numbers,
// {"key": {"one": …, "other": …}}, a text for each plural category that the language has. How the language counts, writes
// numbers and lists stands under the key "" (core/phrasing/scripts.py): browsers do not know every language, nor all of them the same.

import { spoken } from "#lib/tongues.js";

const ENGLISH = {
  names: "other one",
  of: "01".padEnd(200, "0"),
  decimal: ".",
  group: ",",
  between: ", ",
  lowers: "yes",
};

// From here on the figures of a number stand in threes.
const LONG = 10_000;

export function fill(template, values = {}) {
  return template.replace(/%\((\w+)\)s/g, (all, name) => (name in values ? String(values[name]) : all));
}

// From 200 on a number is said as its last two digits behind a hundred.
function categoryOf({ names, of }, n) {
  return names.split(" ")[Number.parseInt(of[n < 200 ? n : 100 + (n % 100)], 36)];
}

const RTL = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

// The function that it returns takes a key and values; `n` among them chooses the plural form. An unknown key is a mistake of ours and says so.
// `t.number` writes a number, `t.lower` a name in the middle of a sentence, `t.row` a list of names.
export function makeTexts(texts) {
  const rules = { ...ENGLISH, ...texts[""] };
  const borrowed = borrowedOf(rules);
  function t(key, values = {}) {
    const found = texts[key];
    if (found === undefined) throw new Error(`No text "${key}"`);
    const form = typeof found === "string" ? found : (found[categoryOf(rules, values.n)] ?? found.other);
    const told = values.n >= LONG ? { ...values, n: inFigures(values.n, 0, rules) } : values;
    return spoken(fill(form, told), borrowed.get(key));
  }
  t.number = (number, decimals = 0) => inFigures(number, decimals, rules);
  t.lower = (name) => (rules.lowers ? lowerFirst(name) : name);
  // Names in letters from left to right keep a comma of their own; as in core/phrasing/sentences.py
  t.row = (names) => names.join(RTL.test(rules.between) && !RTL.test(names.join("")) ? ", " : rules.between);
  return t;
}

// key → "lang dir" of words that the page's language does not have. A rule's name has no blank, "ru ltr" has one.
function borrowedOf(rules) {
  const told = Object.entries(rules).filter(([name]) => name.includes(" "));
  return new Map(told.flatMap(([tongue, keys]) => keys.split(" ").map((key) => [key, tongue])));
}

// At most so many decimals, and no zeros at their end.
function inFigures(number, decimals, { decimal, group }) {
  const [whole, rest] = String(Number(number.toFixed(decimals))).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group);
  return rest ? `${grouped}${decimal}${rest}` : grouped;
}

// For the middle of a sentence; abbreviations stay as they are.
export function lowerFirst(text) {
  const second = text.slice(1, 2);
  const isAbbreviation = second !== second.toLowerCase();
  return isAbbreviation ? text : text.slice(0, 1).toLowerCase() + text.slice(1);
}
