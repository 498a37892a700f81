import assert from "node:assert/strict";
import test from "node:test";

import { Search } from "#map/search.js";
import { APP } from "./support/app.js";
import { fire, key, page, same, type } from "./support/page.js";

function make(context, before = "", { url } = {}) {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const root = page(APP.replace('name="q" value=""', `name="q" value="${before}"`), { url }).querySelector(
    "service-map",
  );
  const asked = [];
  const search = new Search(root, { onWords: (words) => asked.push(words) });
  const input = root.querySelector("[name=q]");
  const clear = root.querySelector("[data-clear-search]");
  const form = root.querySelector("[data-search]");
  return { root, search, input, clear, form, asked, pass: (ms) => context.mock.timers.tick(ms) };
}

test("words of a link are asked, and leave its address", (context) => {
  const { search } = make(context, "юрист", { url: "https://map.example/ru/?q=юрист&city=x#service=prep" });
  assert.equal(search.asked, "юрист");
  assert.equal(window.location.href.replace(window.location.origin, ""), "/ru/?city=x#service=prep");
});

test("words are asked for when the typing rests, once", (context) => {
  const { input, asked, pass } = make(context);
  type(input, "юри");
  pass(449);
  type(input, " юрист ");
  pass(449);
  assert.deepEqual(asked, []);
  pass(1);
  assert.deepEqual(asked, ["юрист"]);
  type(input, "юрист  ");
  pass(1000);
  assert.deepEqual(asked, ["юрист"]);
});

test("two letters wait for a third; an emptied field asks for everything", (context) => {
  const { input, asked, pass } = make(context, "юрист");
  type(input, "юр");
  pass(1000);
  assert.deepEqual(asked, []);
  type(input, "юрф");
  pass(1000);
  type(input, "");
  pass(1000);
  assert.deepEqual(asked, ["юрф", ""]);
});

test("Enter asks at once, even for two letters, and sends no form", (context) => {
  const { input, form, asked, pass } = make(context);
  type(input, "ТБ");
  assert.equal(fire(form, "submit").defaultPrevented, true);
  assert.deepEqual(asked, ["ТБ"]);
  type(input, "туб");
  fire(form, "submit");
  pass(1000);
  assert.deepEqual(asked, ["ТБ", "туб"]);
});

test("the cross empties the field, asks, and gives the focus back", (context) => {
  const { input, clear, form, asked } = make(context, "юрист");
  assert.equal(clear.hidden, false);
  assert.equal(form.classList.contains("has-words"), true);
  clear.click();
  assert.deepEqual([input.value, asked, clear.hidden], ["", [""], true]);
  assert.equal(form.classList.contains("has-words"), false);
  same(document.activeElement, input);
});

test("the cross comes with the first letter", (context) => {
  const { input, clear } = make(context);
  assert.equal(clear.hidden, true);
  type(input, "ю");
  assert.equal(clear.hidden, false);
});

test("words set from outside are shown and not asked again; the same words do not disturb typing", (context) => {
  const { search, input, clear, form, asked } = make(context, "юрист");
  search.set("");
  assert.deepEqual([input.value, clear.hidden], ["", true]);
  fire(form, "submit");
  assert.deepEqual(asked, []);
  input.value = "половина сло";
  search.set("");
  assert.equal(input.value, "половина сло");
});

test("a page out of the browser's memory shows its words again, though the browser emptied the field", (context) => {
  const { input, clear } = make(context, "юрист");
  fire(window, "pageshow", { persisted: true });
  input.value = "";
  context.mock.timers.tick(1);
  assert.deepEqual([input.value, clear.hidden], ["юрист", false]);
  fire(window, "pageshow", { persisted: false });
  input.value = "";
  context.mock.timers.tick(1);
  assert.equal(input.value, "");
});

test("/ goes to the field from anywhere but another field", (context) => {
  const { root, input } = make(context);
  const other = root.querySelector("[data-find]");
  assert.equal(key(other, "/").defaultPrevented, false);
  for (const held of ["ctrlKey", "metaKey", "altKey"]) key(document.body, "/", { [held]: true });
  key(document.body, ".");
  assert.ok(document.activeElement !== input);
  assert.equal(key(document.body, "/").defaultPrevented, true);
  same(document.activeElement, input);
});
