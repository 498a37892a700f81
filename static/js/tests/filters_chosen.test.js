import assert from "node:assert/strict";
import test from "node:test";

import { make } from "./support/filters.js";
import { texts } from "./support/page.js";

const chips = (all) => texts(all("[data-active] .chip"));

test("all codes of a tile are one chip, which gives them up together", () => {
  const { all, find, show, said } = make([{ code: "test", name: "Провериться", service: ["hiv_test", "prep"] }]);
  show("#service=hiv_test,prep,lawyer");
  assert.deepEqual(chips(all), ["Провериться remove", "Юрист remove"]);
  find("[data-drop]").click();
  assert.deepEqual(said, [["drop", "service", "hiv_test,prep"]]);
  show("#service=prep");
  assert.deepEqual(chips(all), ["Доконтактная профилактика remove"]);
});

test("the keyboard stays at what is chosen when a chip goes", () => {
  const { find, show } = make();
  show("#service=prep&country=GE");
  find('[data-drop="country:GE"]').focus();
  show("#service=prep");
  assert.equal(document.activeElement.dataset.drop, "service:prep");
  show("");
  assert.equal(document.activeElement.tagName, "SUMMARY");
});

test("the usual order follows what is asked, and the one in force is said", () => {
  const { find, show } = make();
  const said = () => find("[data-sort-shown]").textContent;
  show("");
  assert.equal(said(), "order_middle");
  show("#near=44.8,41.7,x");
  assert.deepEqual([said(), find("[data-sort=distance]").hidden], ["order_near", true]);
  show("#near=44.8,41.7,x", { q: "тест" });
  assert.deepEqual([said(), find("[data-sort=distance]").hidden], ["order_best", false]);
  show("#sort=checked");
  assert.equal(said(), "Name");
});

test("the order in force is marked; without a choice it is the best first", () => {
  const { find, show } = make();
  const current = () => ["best", "checked"].map((code) => find(`[data-sort=${code}]`).getAttribute("aria-current"));
  show("");
  assert.deepEqual(current(), ["true", "false"]);
  show("#sort=checked");
  assert.deepEqual(current(), ["false", "true"]);
});

test("what a partner has fixed is no chip", () => {
  const { all, show } = make([], { locked: { country: ["GE"], service: ["prep"] } });
  show("#service=prep&country=GE&cost=free");
  assert.equal(all("[data-active] .chip").length, 1);
});

test("an organisation is called as the server called it, for the form has no field that names it", () => {
  const told = '<a class="chip on" data-drop="organization:balcony"> Дом с балконом<svg></svg></a>';
  const { all, show } = make([], { told });
  show("#organization=balcony");
  assert.deepEqual(chips(all), ["Дом с балконом remove"]);
  show("#organization=other");
  assert.deepEqual(chips(all), ["other remove"]);
});
