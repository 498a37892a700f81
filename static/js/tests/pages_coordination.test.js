import assert from "node:assert/strict";
import test from "node:test";

import { code, fire, key, load, page, tick } from "./support/page.js";

const row = (name) =>
  `<tr data-row><td><input type="checkbox" data-pick></td><td><a href="#" data-row-link>${name}</a></td></tr>`;
const actions = ["assign", "ask", "hide"].map(
  (name) => `<button type="button" name="action" value="${name}"></button>`,
);
const PILE = `
  <nav data-piles><a href="#" id="pile-1"></a><a href="#" id="pile-2"></a></nav>
  <form data-pile><table>${row("а") + row("б") + row("в")}</table>
    <div class="pile-bar"><span data-chosen data-words="Выбрано">Ничего не выбрано</span>${actions.join("")}</div></form>
  <form id="filter"><select data-submits></select></form>`;

async function open(html = PILE) {
  const document = page(html);
  await load("#pages/coordination.js");
  const pressed = [];
  document.addEventListener("click", ({ target }) => pressed.push(target.value || target.id));
  const press = (name, more) => code(document.activeElement ?? document.body, name, more).defaultPrevented;
  const focused = () => document.activeElement.textContent;
  const find = (selector) => document.querySelector(selector);
  const chosen = () => [...document.querySelectorAll("[data-pick]")].map((pick) => pick.checked);
  return { document, pressed, press, focused, find, chosen };
}

test("J begins at the top and K at the foot; both stop at the ends", async () => {
  const down = await open();
  const way = ["KeyJ", "KeyJ", "KeyJ", "KeyJ", "KeyK"].map((name) => {
    down.press(name);
    return down.focused();
  });
  assert.deepEqual(way, ["а", "б", "в", "в", "б"]);
  const up = await open();
  up.press("KeyK");
  assert.equal(up.focused(), "в");
});

test("arrows scroll the page until somebody is in the pile", async () => {
  const { press, focused } = await open();
  assert.deepEqual([press("ArrowDown"), press("ArrowUp")], [false, false]);
  press("KeyJ");
  assert.equal(press("ArrowDown"), true);
  assert.equal(focused(), "б");
  press("ArrowUp");
  assert.equal(focused(), "а");
});

test("X chooses the line with the focus, and nothing when none has it", async () => {
  const { press, chosen, find } = await open();
  assert.equal(press("KeyX"), false);
  assert.equal(find("[data-chosen]").textContent, "Ничего не выбрано");
  press("KeyJ");
  press("KeyJ");
  press("KeyX");
  assert.deepEqual(chosen(), [false, true, false]);
  assert.equal(find("[data-chosen]").textContent, "Выбрано 1");
  assert.equal(find(".pile-bar").classList.contains("has-chosen"), true);
  press("KeyX");
  assert.equal(find("[data-chosen]").textContent, "Ничего не выбрано");
  assert.equal(find(".pile-bar").classList.contains("has-chosen"), false);
});

test("Shift+X chooses all, and none when all are chosen", async () => {
  const { press, chosen, find } = await open();
  tick(find("[data-pick]"));
  assert.equal(find("[data-chosen]").textContent, "Выбрано 1");
  press("KeyX", { shiftKey: true });
  assert.deepEqual(chosen(), [true, true, true]);
  press("KeyX", { shiftKey: true });
  assert.deepEqual(chosen(), [false, false, false]);
});

test("G, A and H press their buttons, a digit opens another pile", async () => {
  const { press, pressed } = await open();
  for (const name of ["KeyG", "KeyA", "KeyH", "Digit2", "Digit1"]) assert.equal(press(name), true);
  assert.deepEqual(pressed, ["assign", "ask", "hide", "pile-2", "pile-1"]);
  assert.equal(press("Digit3"), false);
});

test("a pile without lines or buttons leaves the keys to the browser", async () => {
  const { press } = await open("<p></p>");
  assert.deepEqual(
    ["KeyJ", "KeyX", "KeyG", "Digit1"].map((name) => press(name)),
    [false, false, false, false],
  );
});

test("another filter is sent at once", async () => {
  const { find } = await open();
  let sent = 0;
  find("#filter").requestSubmit = () => (sent += 1);
  fire(find("[data-submits]"), "change");
  assert.equal(sent, 1);
});

const CHECK = `
  <a data-call id="call" href="#"></a><a data-next id="next" href="#"></a><button data-tick-all></button>
  <form data-check>
    <input type="checkbox" data-key="1"><input type="checkbox" data-key="2">
    <input type="radio" name="method" value="call"><input type="radio" name="method" value="visit">
    ${["correct", "wrong", "unreachable"].map((name) => `<input type="radio" name="outcome" value="${name}">`).join("")}
    <textarea name="note"></textarea><button type="button" data-save id="save"></button>
  </form>`;

async function check() {
  const document = page(CHECK);
  await load("#pages/coordination_check.js");
  const pressed = [];
  document.addEventListener("click", ({ target }) => pressed.push(target.id));
  const find = (selector) => document.querySelector(selector);
  const press = (name) => code(document.body, name).defaultPrevented;
  const checked = (selector) => [...document.querySelectorAll(selector)].map((box) => box.checked);
  return { document, pressed, find, press, checked };
}

test("a check: digits tick their lines, A ticks all or none", async () => {
  const { press, checked, document, find } = await check();
  press("Digit2");
  assert.deepEqual(checked("[data-key]"), [false, true]);
  assert.equal(document.activeElement.dataset.key, "2");
  assert.equal(press("Digit9"), false);
  press("KeyA");
  assert.deepEqual(checked("[data-key]"), [true, true]);
  find("[data-tick-all]").click();
  assert.deepEqual(checked("[data-key]"), [false, false]);
});

test("a check: letters answer, and a wrong one asks for a note", async () => {
  const { press, checked, document } = await check();
  press("KeyR");
  assert.deepEqual(checked("[name=outcome]"), [true, false, false]);
  assert.equal(document.activeElement.value, "correct");
  press("KeyU");
  assert.deepEqual(checked("[name=outcome]"), [false, false, true]);
  press("KeyW");
  assert.deepEqual(checked("[name=outcome]"), [false, true, false]);
  assert.equal(document.activeElement.name, "note");
});

test("a check: M goes round the ways of checking, N goes to the note", async () => {
  const { press, checked, document } = await check();
  const seen = [1, 2, 3].map(() => {
    press("KeyM");
    return checked("[name=method]").indexOf(true);
  });
  assert.deepEqual(seen, [0, 1, 0]);
  press("KeyN");
  assert.equal(document.activeElement.name, "note");
});

test("a check: calling, going on and saving are keys; Ctrl+Enter saves out of the note too", async () => {
  const { press, pressed, find, document } = await check();
  for (const name of ["KeyC", "KeyJ", "KeyS"]) press(name);
  assert.deepEqual(pressed, ["call", "next", "save"]);
  key(find("textarea"), "Enter");
  key(find("textarea"), "Enter", { ctrlKey: true });
  key(find("textarea"), "Enter", { metaKey: true });
  assert.deepEqual(pressed.slice(3), ["save", "save"]);
  find("textarea").focus();
  key(find("textarea"), "Escape");
  assert.ok(document.activeElement !== find("textarea"));
});

test("a check is saved once, and again after coming back", async () => {
  const { find } = await check();
  const send = () => fire(find("form"), "submit").defaultPrevented;
  assert.deepEqual([send(), send()], [false, true]);
  fire(window, "pageshow");
  assert.equal(send(), false);
});
