// A pile by keyboard: J and K go down and up, Enter opens, X chooses, Shift+X chooses all or none, G gives the chosen
// ones away, A asks their owners, H hides them (each after a preview), a digit opens another pile.
import { installHelp, onKeys } from "#lib/keys.js";

const pile = document.querySelector("[data-pile]");
const links = [...(pile?.querySelectorAll("[data-row-link]") ?? [])];
const picks = [...(pile?.querySelectorAll("[data-pick]") ?? [])];
const said = pile?.querySelector("[data-chosen]");
const idle = said?.textContent;

function here() {
  const row = document.activeElement?.closest("[data-row]");
  return links.findIndex((link) => link.closest("[data-row]") === row);
}

function go(step) {
  if (!links.length) return false;
  const at = here();
  links[at < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, at + step))].focus();
  return true;
}

function count() {
  const chosen = picks.filter((pick) => pick.checked).length;
  if (!said) return;
  said.textContent = chosen ? `${said.dataset.words} ${chosen}` : idle;
  said.closest(".pile-bar").classList.toggle("has-chosen", chosen > 0);
}

function choose() {
  const pick = picks[here()];
  if (!pick) return false;
  pick.checked = !pick.checked;
  count();
  return true;
}

function chooseAll() {
  const all = picks.every((pick) => pick.checked);
  for (const pick of picks) pick.checked = !all;
  count();
}

function press(action) {
  const button = pile?.querySelector(`[name=action][value=${action}]`);
  if (!button) return false;
  button.click();
  return true;
}

function open(number) {
  const link = document.querySelectorAll("[data-piles] a")[number - 1];
  if (!link) return false;
  link.click();
  return true;
}

document.documentElement.classList.add("scripted");
pile?.addEventListener("change", count);
for (const one of document.querySelectorAll("[data-submits]")) {
  one.addEventListener("change", (event) => event.target.form.requestSubmit());
}
const keys = {
  KeyJ: () => go(1),
  ArrowDown: () => here() >= 0 && go(1),
  KeyK: () => go(-1),
  ArrowUp: () => here() >= 0 && go(-1),
  KeyX: choose,
  "Shift+KeyX": chooseAll,
  KeyG: () => press("assign"),
  KeyA: () => press("ask"),
  KeyH: () => press("hide"),
};
for (const key of "123456789") keys[`Digit${key}`] = () => open(Number(key));
onKeys(keys);
installHelp();
count();
