// A text and its translation: Ctrl+Enter saves from inside the field, Escape leaves it; outside of it Ctrl+Enter says
// that the text is right, J and K go through the queue. What is typed is not lost with a check.
import { onKeys } from "#lib/keys.js";

const form = document.querySelector("[data-translate]");
const check = document.querySelector("[data-check]");
const fields = [...(form?.querySelectorAll("textarea") ?? [])];

form?.addEventListener("keydown", (event) => {
  if (event.key === "Escape") event.target.blur();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const wanted = fields.includes(event.target) || !check ? form : check;
  if (!wanted || wanted.hidden) return;
  event.preventDefault();
  wanted.requestSubmit();
});

// A check and a taking back are of the text as it was.
form?.addEventListener("input", () => {
  const isChanged = fields.some((field) => field.value !== field.defaultValue);
  for (const other of document.querySelectorAll("[data-as-it-was]")) other.hidden = isChanged;
});

const go = (rel) => () => {
  const link = document.querySelector(`a[rel="${rel}"]`);
  if (!link) return false;
  link.click();
};

onKeys({ KeyJ: go("next"), KeyK: go("prev") });
if (!check) fields[0]?.focus({ preventScroll: true }); // whoever checks reads first
