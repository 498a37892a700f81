import assert from "node:assert/strict";
import test from "node:test";

import { installExit, isExitSign, leave } from "#lib/exit.js";
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

test("Escape three times in a row leaves, also from within a field that swallows it", (context) => {
  const { document, went, clock } = leavable(context);
  const text = document.querySelector("p");
  text.addEventListener("keydown", (event) => event.stopPropagation());
  for (const time of [0, 300]) {
    clock.now = time;
    key(text, "Escape");
  }
  assert.deepEqual(went, []);
  clock.now = 600;
  key(text, "Escape");
  assert.deepEqual(went, ["about:blank"]);
});

test("a held key, another key between, or slow presses do not leave", (context) => {
  const { document, went, clock } = leavable(context);
  for (let at = 0; at < 5; at += 1) key(document.body, "Escape", { repeat: true });
  key(document.body, "Escape");
  key(document.body, "Escape");
  key(document.body, "a");
  key(document.body, "Escape");
  for (const time of [3000, 6000, 9000]) {
    clock.now = time;
    key(document.body, "Escape");
  }
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
