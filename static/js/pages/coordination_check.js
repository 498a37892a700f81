// A remote check without the mouse: digits tick, letters answer, S or Ctrl+Enter saves and goes on.
import { installHelp, onKeys } from "#lib/keys.js";

const form = document.querySelector("[data-check]");
const ticks = [...form.querySelectorAll("[data-key]")];
const methods = [...form.querySelectorAll("[name=method]")];
const note = form.querySelector("[name=note]");
const save = form.querySelector("[data-save]");

function tick(key) {
  const box = ticks.find((found) => found.dataset.key === key);
  if (!box) return false;
  box.checked = !box.checked;
  box.focus();
  return true;
}

function tickAll() {
  const all = ticks.every((box) => box.checked);
  for (const box of ticks) box.checked = !all;
}

function answer(outcome) {
  const choice = form.querySelector(`[name=outcome][value=${outcome}]`);
  choice.checked = true;
  choice.focus();
  if (outcome === "wrong") note.focus();
}

function nextMethod() {
  const at = methods.findIndex((method) => method.checked);
  const next = methods[(at + 1) % methods.length];
  next.checked = true;
  next.focus();
}

const keys = {
  KeyA: tickAll,
  KeyM: nextMethod,
  KeyN: () => note.focus(),
  KeyS: () => save.click(),
  KeyR: () => answer("correct"),
  KeyW: () => answer("wrong"),
  KeyU: () => answer("unreachable"),
  KeyC: () => document.querySelector("[data-call]")?.click(),
  KeyJ: () => document.querySelector("[data-next]")?.click(),
};
for (const key of "123456789") keys[`Digit${key}`] = () => tick(key);
onKeys(keys);
installHelp();

document.querySelector("[data-tick-all]")?.addEventListener("click", tickAll);
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save.click();
  if (event.key === "Escape") document.activeElement?.blur();
});
// One press saves once: a second one while the answer is on its way does nothing.
form.addEventListener("submit", (event) => {
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => delete form.dataset.sent);
