// A text and its translation: Ctrl+Enter saves from inside the field, Escape leaves it,
// J and K go through the queue from outside of it.
import { onKeys } from "#lib/keys.js";

const form = document.querySelector("[data-translate]");

form?.addEventListener("keydown", (event) => {
  if (event.key === "Escape") event.target.blur();
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  form.requestSubmit();
});

const go = (rel) => () => {
  const link = document.querySelector(`a[rel="${rel}"]`);
  if (!link) return false;
  link.click();
};

onKeys({ KeyJ: go("next"), KeyK: go("prev") });
form?.querySelector("textarea")?.focus({ preventScroll: true });
