// Words that the page's language does not have, with the language in which they stand: scripts show them in an element
// that says so. Pages in a language that has all its words know none of them.

const KEPT = 500;
const tongues = new Map();

// The text, remembered as one in this language ("ru ltr"); without one it is the page's own.
export function spoken(text, tongue) {
  if (!tongue || !text) return text;
  if (tongues.size >= KEPT) tongues.clear();
  tongues.set(text, tongue);
  return text;
}

// {lang, dir} of a remembered text.
export function tongueOf(text) {
  const [lang, dir] = (tongues.size && tongues.get(text)?.split(" ")) || [];
  return lang ? { lang, dir } : null;
}
