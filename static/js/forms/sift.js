// Keeping the lines that speak of what somebody typed.

export function plain(text) {
  return text.toLowerCase().replaceAll("ё", "е").normalize("NFC").trim();
}

// Every word of the question begins somewhere in the text.
export function speaksOf(text, question) {
  const inside = ` ${plain(text)}`;
  return plain(question)
    .split(/\s+/)
    .filter(Boolean)
    .every((word) => inside.includes(word));
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
