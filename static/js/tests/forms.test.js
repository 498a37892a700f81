import assert from "node:assert/strict";
import { test } from "node:test";

import { sift, speaksOf } from "#forms/sift.js";
import { clock, pieces, withBreak } from "#forms/week.js";

test("times are read as people type them", () => {
  assert.deepEqual(["9", "930", "0930", "9.30", "09:30", "9 30"].map(clock), [
    "09:00",
    "09:30",
    "09:30",
    "09:30",
    "09:30",
    "09:30",
  ]);
});

test("what is not a time stays as it was typed, for the server to explain", () => {
  assert.deepEqual(["9-00", "9,30", "9–45", "9 ч", "24:00", "24", "２４：００", "9h30"].map(clock), [
    "09:00",
    "09:30",
    "09:45",
    "09:00",
    "24:00",
    "24:00",
    "24:00",
    "09:30",
  ]);
  const strange = ["25", "9:75", "24:01", "9-18", "утром", "9 pm", ""];
  assert.deepEqual(strange.map(clock), strange);
});

test("a bar of the day ends at midnight and skips what is half written", () => {
  assert.deepEqual(
    pieces([
      ["09:00", "10:30"],
      ["22:00", "04:00"],
      ["9", "18:00"],
      ["", ""],
    ]),
    [
      { x: 540, width: 90 },
      { x: 1320, width: 120 },
    ],
  );
});

test("a break cuts the day in two, and only from inside", () => {
  assert.deepEqual(withBreak(["09:00", "18:00"], "13:00", "14:00"), [
    ["09:00", "13:00"],
    ["14:00", "18:00"],
  ]);
  for (const [from, to] of [
    ["", ""],
    ["14:00", "13:00"],
    ["08:00", "10:00"],
    ["17:00", "19:00"],
  ]) {
    assert.deepEqual(withBreak(["09:00", "18:00"], from, to), [["09:00", "18:00"]]);
  }
});

test("a night shift has its break before midnight", () => {
  assert.deepEqual(withBreak(["20:00", "04:00"], "22:00", "23:00"), [
    ["20:00", "22:00"],
    ["23:00", "04:00"],
  ]);
});

test("words are found whatever their case, and ё is е", () => {
  assert.equal(speaksOf("Зелёный дом, Тест на ВИЧ", "зеленый вич"), true);
  assert.equal(speaksOf("Тест на ВИЧ", "гепатит"), false);
  assert.equal(speaksOf("что угодно", "  "), true);
  assert.equal(speaksOf("что угодно", "!!!"), false);
});

test("sifting tells each element and counts", () => {
  const shown = [];
  const count = sift(
    ["тест", "юрист"],
    (text) => text,
    "юр",
    (text, fits) => shown.push([text, fits]),
  );
  assert.equal(count, 1);
  assert.deepEqual(shown, [
    ["тест", false],
    ["юрист", true],
  ]);
});
