// Keeping the lines that speak of what somebody typed.

import { askedWords, words } from "#lib/folding.js";

// Every word of the question stands somewhere in the text.
export function speaksOf(text, question) {
  const inside = words(text).join(" ");
  return askedWords(question)?.every((word) => inside.includes(word)) ?? false;
}

// Calls `show(element, isShown)` for each element and returns how many are shown.
export function sift(elements, textOf, question, show) {
  let shown = 0;
  for (const element of elements) {
    const fits = speaksOf(textOf(element), question);
    show(element, fits);
    if (fits) shown += 1;
  }
  return shown;
}
