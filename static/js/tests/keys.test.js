import assert from "node:assert/strict";
import test from "node:test";

import { installHelp, onKeys } from "#lib/keys.js";
import { installMenus } from "#lib/menu.js";
import { code, key, page } from "./support/page.js";

function listen(handlers) {
  const document = page(
    '<button></button><input type="text"><input type="checkbox"><textarea></textarea><p contenteditable></p>',
  );
  onKeys(handlers);
  return document;
}

test("keys are known by their place, so a Russian layout works", () => {
  let went = 0;
  const document = listen({ KeyJ: () => (went += 1) });
  const event = key(document.body, "о", { code: "KeyJ" });
  assert.equal(went, 1);
  assert.equal(event.defaultPrevented, true);
});

test("nothing happens while somebody types, and boxes are no typing", () => {
  let went = 0;
  const document = listen({ KeyX: () => (went += 1) });
  for (const selector of ["[type=text]", "textarea", "[contenteditable]"])
    code(document.querySelector(selector), "KeyX");
  assert.equal(went, 0);
  code(document.querySelector("[type=checkbox]"), "KeyX");
  assert.equal(went, 1);
});

test("the browser keeps its own combinations", () => {
  let went = 0;
  const document = listen({ KeyS: () => (went += 1) });
  for (const held of ["ctrlKey", "metaKey", "altKey"]) code(document.body, "KeyS", { [held]: true });
  assert.equal(went, 0);
});

test("Shift makes another key of it", () => {
  const pressed = [];
  const document = listen({ KeyX: () => pressed.push("x"), "Shift+KeyX": () => pressed.push("X") });
  code(document.body, "KeyX", { shiftKey: true });
  code(document.body, "KeyX");
  assert.deepEqual(pressed, ["X", "x"]);
});

test("a handler that has nothing to do leaves the key to the browser", () => {
  const document = listen({ ArrowDown: () => false });
  assert.equal(code(document.body, "ArrowDown").defaultPrevented, false);
  assert.equal(code(document.body, "ArrowUp").defaultPrevented, false);
});

test("? opens the list of keys and closes it again, but is a letter in a field", () => {
  const document = page("<details data-keys></details><input type=text>");
  installHelp();
  const help = document.querySelector("details");
  key(document.querySelector("input"), "?");
  assert.equal(help.open, false);
  assert.equal(key(document.body, "?").defaultPrevented, true);
  assert.equal(help.open, true);
  key(document.body, "?");
  assert.equal(help.open, false);
});

test("a page without a list of keys leaves ? alone; Z presses the last undo", () => {
  const document = page("<button data-undo></button>");
  installHelp();
  let undone = 0;
  document.querySelector("button").addEventListener("click", () => (undone += 1));
  assert.equal(key(document.body, "?").defaultPrevented, false);
  code(document.body, "KeyZ");
  assert.equal(undone, 1);
});

const MENUS = `
  <details class="menu" open><summary>a</summary><a id="inside">x</a></details>
  <details class="menu"><summary>b</summary></details>
  <details id="no-menu" open><summary>c</summary></details><p>beside</p>`;

test("a press beside a menu closes it, one inside does not", () => {
  const document = page(MENUS);
  installMenus(document);
  const menu = document.querySelector(".menu");
  document.getElementById("inside").click();
  assert.equal(menu.open, true);
  document.querySelector("p").click();
  assert.equal(menu.open, false);
  assert.equal(document.getElementById("no-menu").open, true);
});

test("Escape closes a menu and gives the focus to its button", () => {
  const document = page(MENUS);
  installMenus(document);
  key(document.getElementById("inside"), "Enter");
  assert.equal(document.querySelector(".menu").open, true);
  key(document.getElementById("inside"), "Escape");
  assert.equal(document.querySelector(".menu").open, false);
  assert.equal(document.activeElement.textContent, "a");
});
