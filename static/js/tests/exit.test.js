import assert from "node:assert/strict";
import test from "node:test";

import { installExit, isExitSign, leave } from "#lib/exit.js";
import { installMenus } from "#lib/menu.js";
import { fire, key, page } from "./support/page.js";

test("three quick presses are the sign for leaving", () => {
  assert.equal(isExitSign([0, 600, 1900]), true);
  assert.equal(isExitSign([0, 5000, 5500, 6900]), true);
  assert.equal(isExitSign([0, 1000, 2000]), true);
});

test("two presses, or three slow ones, are not", () => {
  assert.equal(isExitSign([0, 100]), false);
  assert.equal(isExitSign([0, 1500, 3000]), false);
});

// Presses are counted after everybody who listens has had their turn.
const settled = () => new Promise((resolve) => setTimeout(resolve));

// A page that can be left: → { document, went: addresses that took its place }.
function leavable(context, { type = "navigate", storage } = {}) {
  const document = page('<title>Карта</title><a data-exit href="https://weather.test/"><b>Уйти</b></a><p>text</p>');
  const went = [];
  context.mock.method(window.location, "replace", (address) => went.push(address));
  context.mock.method(performance, "getEntriesByType", () => [{ type }]);
  const clock = { now: 0 };
  context.mock.method(performance, "now", () => clock.now);
  if (storage) Object.defineProperty(globalThis, "sessionStorage", { value: storage, configurable: true });
  installExit(document);
  return { document, went, clock };
}

const isBlank = () => document.documentElement.classList.contains("is-left") && document.title === "";

test("a press on the exit blanks the page at once and leaves no way back", (context) => {
  const { document, went } = leavable(context);
  document.querySelector("p").click();
  assert.deepEqual(went, []);
  const event = fire(document.querySelector("[data-exit] b"), "click");
  assert.equal(event.defaultPrevented, true);
  assert.deepEqual(went, ["about:blank"]);
  assert.equal(isBlank(), true);
});

test("Escape three times in a row leaves, also from within a field that swallows it", async (context) => {
  const { document, went, clock } = leavable(context);
  const text = document.querySelector("p");
  text.addEventListener("keydown", (event) => event.stopPropagation());
  for (const time of [0, 300]) {
    clock.now = time;
    key(text, "Escape");
  }
  await settled();
  assert.deepEqual(went, []);
  clock.now = 600;
  key(text, "Escape");
  await settled();
  assert.deepEqual(went, ["about:blank"]);
});

test("a held key, another key between, or slow presses do not leave", async (context) => {
  const { document, went, clock } = leavable(context);
  for (let at = 0; at < 5; at += 1) key(document.body, "Escape", { repeat: true });
  key(document.body, "Escape");
  key(document.body, "Escape");
  await settled();
  key(document.body, "a");
  key(document.body, "Escape");
  for (const time of [3000, 6000, 9000]) {
    clock.now = time;
    key(document.body, "Escape");
  }
  await settled();
  assert.deepEqual(went, []);
});

test("whoever closes three things one after another stays", async (context) => {
  const { document, went } = leavable(context);
  let open = 3;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || open === 0) return;
    event.preventDefault();
    open -= 1;
  });
  for (let press = 0; press < 5; press += 1) key(document.body, "Escape");
  await settled();
  assert.deepEqual(went, [], "three closed something, two had nothing to close");
  key(document.body, "Escape");
  await settled();
  assert.deepEqual(went, ["about:blank"]);
});

test("a dialog that the browser closes itself had its use of the key", async (context) => {
  const { document, went } = leavable(context);
  const dialog = document.createElement("dialog");
  dialog.setAttribute("open", "");
  document.body.append(dialog);
  for (let press = 0; press < 3; press += 1) key(document.body, "Escape");
  await settled();
  assert.deepEqual(went, []);
});

test("a menu that is closed by Escape is no sign for leaving", async (context) => {
  const { document, went } = leavable(context);
  const menu = document.createElement("details");
  menu.className = "menu";
  menu.append(document.createElement("summary"));
  document.body.append(menu);
  installMenus(document);
  for (let press = 0; press < 3; press += 1) {
    menu.open = true;
    key(menu, "Escape");
    assert.equal(menu.open, false);
  }
  await settled();
  assert.deepEqual(went, []);
});

test("who comes back to a page that was left is sent away again", (context) => {
  const { went } = leavable(context, { type: "back_forward" });
  leave();
  fire(window, "pageshow", { persisted: false });
  assert.equal(went.length, 2);
});

test("a page kept by the browser is no way back either", (context) => {
  const { went } = leavable(context);
  leave();
  fire(window, "pageshow", { persisted: true });
  assert.equal(went.length, 2);
});

test("who opens the map anew is welcome, and later steps back are free", (context) => {
  const { went } = leavable(context);
  leave();
  fire(window, "pageshow", { persisted: false });
  assert.equal(went.length, 1);
  fire(window, "pageshow", { persisted: true });
  assert.equal(went.length, 1);
});

test("leaving works in a frame that has no storage", (context) => {
  const refuse = () => {
    throw new Error("SecurityError");
  };
  const storage = { getItem: refuse, setItem: refuse, removeItem: refuse };
  const { document, went } = leavable(context, { storage });
  document.querySelector("[data-exit]").click();
  fire(window, "pageshow", { persisted: true });
  assert.deepEqual(went, ["about:blank"]);
});
