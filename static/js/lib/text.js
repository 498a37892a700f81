// Words for scripts. They come translated from the server: {"key": "text with %(name)s"} and, for numbers,
// {"key": {"one": …, "other": …}}, a text for each plural category that the language has.

export function fill(template, values = {}) {
  return template.replace(/%\((\w+)\)s/g, (all, name) => (name in values ? String(values[name]) : all));
}

// The function that it returns takes a key and values; `n` among them chooses the plural form. An unknown key is a mistake of ours and says so.
export function makeTexts(texts, language) {
  const rules = new Intl.PluralRules(language);
  return function t(key, values = {}) {
    const found = texts[key];
    if (found === undefined) throw new Error(`No text "${key}"`);
    if (typeof found === "string") return fill(found, values);
    return fill(found[rules.select(values.n)] ?? found.other, values);
  };
}

// For the middle of a sentence; abbreviations stay as they are.
export function lowerFirst(text) {
  const second = text.slice(1, 2);
  const isAbbreviation = second !== second.toLocaleLowerCase();
  return isAbbreviation ? text : text.slice(0, 1).toLocaleLowerCase() + text.slice(1);
}
