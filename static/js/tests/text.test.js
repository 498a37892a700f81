import assert from "node:assert/strict";
import test from "node:test";

import { h } from "#lib/dom.js";
import { lowerFirst, makeTexts } from "#lib/text.js";
import { page } from "./support/page.js";

// As core/phrasing/scripts.py gives it for Russian: 1 is “one”, 2–4 “few”, the rest “many”, but for 11–14.
const RUSSIAN = {
  names: "many one few",
  of: [...Array(200).keys()].map(inRussian).join(""),
  decimal: ",",
  group: "\u00a0",
  between: ", ",
  lowers: "yes",
};

function inRussian(n) {
  if (n % 10 === 1 && n % 100 !== 11) return 1;
  return n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14) ? 2 : 0;
}

const russian = makeTexts({
  services: { one: "%(n)s услуга", few: "%(n)s услуги", many: "%(n)s услуг", other: "%(n)s услуги" },
  age: "%(when)s",
  "": RUSSIAN,
});

test("Russian plurals", () => {
  const said = [1, 2, 5, 11, 21, 22, 112, 1001, 1012, 5221].map((n) => russian("services", { n }).split(" ")[1]);
  assert.deepEqual(said, "услуга услуги услуг услуг услуга услуги услуг услуга услуг услуга".split(" "));
});

test("numbers and lists in the language's own signs", () => {
  const dari = makeTexts({ "": { decimal: ".", group: ",", between: "،\u200f ", lowers: "" } });
  assert.deepEqual([dari.lower("Ab"), dari.number(1234.56, 1)], ["Ab", "1,234.6"]);
  assert.deepEqual([dari.row(["الف", "ب"]), dari.row(["الف", "B"])], ["الف،\u200f ب", "الف،\u200f B"]);
  assert.equal(dari.row(["Batumi", "14 Magnolia Street"]), "Batumi, 14 Magnolia Street");
  assert.deepEqual(
    [9.94, 10.4, 3, 1234567].map((n) => russian.number(n, 1)),
    ["9,9", "10,4", "3", "1\u00a0234\u00a0567"],
  );
});

test("a long number of a sentence stands in threes", () => {
  const t = makeTexts({ "": RUSSIAN, services: { one: "%(n)s услуга", few: "%(n)s услуги", many: "%(n)s услуг" } });
  assert.equal(t("services", { n: 1_000_001 }), "1\u00a0000\u00a0001 услуга");
  assert.equal(t("services", { n: 9999 }), "9999 услуг");
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

test("words that the page's language does not have stand in an element that says so", () => {
  page();
  const t = makeTexts({
    close: "Close",
    own: "خود",
    n: { other: "%(n)s days" },
    "": { ...RUSSIAN, "en ltr": "close n" },
  });
  const line = h("p", {}, t("close"), " – ", t("own"), t("n", { n: 5 }));
  assert.equal(line.innerHTML, '<span lang="en" dir="ltr">Close</span> – خود<span lang="en" dir="ltr">5 days</span>');
  const option = h("option", { value: "" }, t("close"));
  assert.deepEqual([option.lang, option.dir, option.childElementCount], ["en", "ltr", 0]);
  assert.equal(h("p", {}, russian("services", { n: 1 })).innerHTML, "1 услуга");
});
