import assert from "node:assert/strict";
import test from "node:test";

import { lowerFirst, makeTexts } from "#lib/text.js";

const russian = makeTexts(
  {
    services: { one: "%(n)s услуга", few: "%(n)s услуги", many: "%(n)s услуг", other: "%(n)s услуги" },
    age: "%(when)s",
  },
  "ru",
);

test("Russian plurals", () => {
  const said = [1, 2, 5, 11, 21, 22, 112].map((n) => russian("services", { n }));
  assert.deepEqual(said, ["1 услуга", "2 услуги", "5 услуг", "11 услуг", "21 услуга", "22 услуги", "112 услуг"]);
});

test("a language with other categories: Romanian few ends at 19, Arabic has six", () => {
  const romanian = makeTexts({ services: { few: "few", one: "one", other: "other" } }, "ro");
  const arabic = makeTexts(
    { n: { zero: "zero", one: "one", two: "two", few: "few", many: "many", other: "other" } },
    "ar",
  );
  assert.deepEqual(
    [0, 1, 2, 19, 20, 101].map((n) => romanian("services", { n })),
    ["few", "one", "few", "few", "other", "few"],
  );
  assert.deepEqual(
    [0, 1, 2, 3, 11, 100].map((n) => arabic("n", { n })),
    ["zero", "one", "two", "few", "many", "other"],
  );
});

test("values stay as they are, also when they look like templates", () => {
  assert.equal(russian("age", { when: "%(n)s $& <b>" }), "%(n)s $& <b>");
});

test("an unknown key is an error of ours", () => {
  assert.throws(() => russian("nothing"), /nothing/);
});

test("names go into a sentence, abbreviations as they are", () => {
  assert.deepEqual(["Онлайн", "ТБ", "По телефону", "Я", ""].map(lowerFirst), ["онлайн", "ТБ", "по телефону", "я", ""]);
});
