// Folds of a form: a field that the browser refuses comes into view; English unfolds everywhere by one press.
import { keep, kept } from "#lib/kept.js";

const NAME = "english";
const ENOUGH = 2;

// A folded field cannot be shown by the browser, which then does nothing at all.
export function openRefused(root) {
  root.addEventListener(
    "invalid",
    (event) => {
      for (let fold = event.target.closest("details"); fold; fold = fold.parentElement.closest("details"))
        fold.open = true;
    },
    true,
  );
}

export function installEnglish(root) {
  const line = root.querySelector("[data-english-all]");
  const folds = [...root.querySelectorAll("[data-english]")];
  if (!line || folds.length < ENOUGH) return;
  const button = line.querySelector("button");
  const show = (isOn) => {
    button.setAttribute("aria-pressed", String(isOn));
    for (const fold of folds) fold.open = isOn || fold.querySelector(".wrong, .rival") !== null;
  };
  line.hidden = false;
  if (kept(NAME)) show(true);
  button.addEventListener("click", () => {
    const isOn = button.getAttribute("aria-pressed") !== "true";
    keep(NAME, isOn);
    show(isOn);
  });
}
