import assert from "node:assert/strict";
import test from "node:test";

import { ApiError } from "#map/api.js";
import { Near } from "#map/near.js";
import { APP } from "./support/app.js";
import { promised } from "./support/net.js";
import { fire, key, none, page, same, settle, texts, type } from "./support/page.js";
import { HOSTILE, t } from "./support/samples.js";

const CITIES = [
  { name: "Тбилиси", country_name: "Грузия", lat: 41.7, lon: 44.8 },
  { name: HOSTILE, country: "GE", lat: 42, lon: 43 },
];

function make(context, cities = async () => ({ results: CITIES }), isStart = false) {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const root = page(APP).querySelector("service-map");
  const [chosen, asked] = [[], []];
  const api = {
    cities(words) {
      asked.push(words);
      return cities(words);
    },
  };
  const field = root.querySelector(isStart ? "[data-takes-countries]" : "[data-panel=where] [data-near]");
  const on = {
    near: (position) => chosen.push(position),
    country: (code) => chosen.push(code),
    reveal: () => field,
  };
  new Near(root, { api, t, countries: () => [{ code: "GE", name: "Грузия" }], on });
  const find = (name) => field.querySelector(`[data-${name}]`);
  const write = async (words) => {
    type(find("near-input"), words);
    context.mock.timers.tick(200);
    await settle();
  };
  return {
    root,
    chosen,
    asked,
    write,
    input: find("near-input"),
    list: find("near-list"),
    error: find("near-error"),
    find,
  };
}

const chosenRow = (list) => [...list.children].findIndex((row) => row.getAttribute("aria-selected") === "true");

test("cities are asked for when the typing rests, from two letters on", async (context) => {
  const { asked, write, input, list } = make(context);
  await write("Т");
  type(input, "Тб");
  await write(" Тби ");
  assert.deepEqual(asked, ["Тби"]);
  assert.equal(list.hidden, false);
  assert.equal(input.getAttribute("aria-expanded"), "true");
  assert.deepEqual(texts(list.children), ["Тбилиси Грузия", `${HOSTILE} GE`]);
  none(list.querySelector("img"));
  await write("Т");
  assert.equal(list.hidden, true);
});

test("a chosen city is where to look, not where the visitor is", async (context) => {
  const { chosen, write, input, list } = make(context);
  await write("Тби");
  assert.equal(fire(list.children[0], "pointerdown").defaultPrevented, true);
  list.children[0].click();
  assert.deepEqual(chosen, [{ lat: 41.7, lon: 44.8, name: "Тбилиси", mine: false }]);
  assert.deepEqual([input.value, list.hidden, input.getAttribute("aria-expanded")], ["", true, "false"]);
});

test("arrows go round, Enter takes what is marked", async (context) => {
  const { chosen, write, input, list } = make(context);
  await write("Тби");
  const rows = [];
  for (const name of ["ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp"]) {
    assert.equal(key(input, name).defaultPrevented, true);
    rows.push(chosenRow(list));
  }
  assert.deepEqual(rows, [0, 1, 0, 1, 0]);
  assert.equal(input.getAttribute("aria-activedescendant"), list.children[0].id);
  key(input, "ArrowDown");
  key(input, "Enter");
  assert.equal(chosen[0].name, HOSTILE);
  assert.equal(input.hasAttribute("aria-activedescendant"), false);
});

test("Enter without a mark takes the first; up from nothing takes the last", async (context) => {
  const { chosen, write, input, list } = make(context);
  await write("Тби");
  key(input, "ArrowUp");
  assert.equal(chosenRow(list), 1);
  await write("Тбил");
  key(input, "Enter");
  assert.equal(chosen[0].name, "Тбилиси");
});

test("Escape closes the suggestions and nothing around them; leaving the field closes them too", async (context) => {
  const { root, write, input, list } = make(context);
  let heard = 0;
  root.addEventListener("keydown", () => (heard += 1));
  await write("Тби");
  key(input, "Escape");
  assert.deepEqual([list.hidden, heard], [true, 0]);
  key(input, "Escape");
  assert.equal(heard, 1);
  await write("Тбил");
  assert.equal(key(input, "л").defaultPrevented, false);
  fire(input, "blur");
  assert.equal(list.hidden, true);
});

test("no such city is said, and cannot be chosen", async (context) => {
  const { chosen, write, input, list } = make(context, async () => ({ results: [] }));
  await write("Ъъъ");
  assert.deepEqual(texts(list.children), ["no_city"]);
  assert.equal(list.children[0].getAttribute("aria-disabled"), "true");
  key(input, "Enter");
  assert.deepEqual(chosen, []);
});

test("an aborted answer changes nothing; a failed one closes the suggestions", async (context) => {
  let next = promised();
  const { write, list } = make(context, () => next.promise);
  next.resolve({ results: CITIES });
  await write("Тби");
  next = promised();
  next.reject(new ApiError("aborted"));
  await write("Тбил");
  assert.deepEqual([list.hidden, list.childElementCount], [false, 2]);
  next = promised();
  next.reject(new ApiError("network"));
  await write("Тбили");
  assert.equal(list.hidden, true);
});

function locate(context, geolocation) {
  const made = make(context);
  Object.defineProperty(window.navigator, "geolocation", { value: geolocation, configurable: true });
  const button = made.find("locate");
  button.click();
  return { ...made, button };
}

test("the device is asked only when pressed, roughly, and the position is marked as the visitor's own", (context) => {
  let options = null;
  const answers = [];
  const { chosen, button } = locate(context, {
    getCurrentPosition: (good, _bad, how) => {
      answers.push(good);
      options = how;
    },
  });
  assert.equal(answers.length, 1);
  assert.equal(button.getAttribute("aria-busy"), "true");
  answers[0]({ coords: { latitude: 41.7, longitude: 44.8 } });
  assert.deepEqual(chosen, [{ lat: 41.7, lon: 44.8, name: "", mine: true }]);
  assert.equal(button.hasAttribute("aria-busy"), false);
  assert.equal(options.enableHighAccuracy, false);
});

test("a refusal and a failure are told apart, at the field that helps, with the cursor in it", (context) => {
  const failing = (code) => ({ getCurrentPosition: (_good, bad) => bad({ code, PERMISSION_DENIED: 1 }) });
  for (const [device, said] of [
    [failing(1), "position_refused"],
    [failing(3), "position_failed"],
    [undefined, "position_failed"],
  ]) {
    const { error, input, button, chosen } = locate(context, device);
    assert.deepEqual([error.textContent, error.hidden, chosen], [said, false, []]);
    same(document.activeElement, input);
    assert.equal(input.getAttribute("aria-describedby"), error.id);
    assert.equal(button.hasAttribute("aria-busy"), false);
    context.mock.timers.reset();
  }
});

test("the field of the first screen suggests countries as well, before the cities", async (context) => {
  const { chosen, write, list, error, input } = make(context, undefined, true);
  error.hidden = false;
  await write("груз");
  assert.deepEqual(texts(list.children), ["Грузия", "Тбилиси Грузия", `${HOSTILE} GE`]);
  key(input, "Enter");
  assert.deepEqual([chosen, error.hidden], [["GE"], true]);
});
