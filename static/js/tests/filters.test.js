import assert from "node:assert/strict";
import test from "node:test";

import { emptyState } from "#map/state.js";
import { make } from "./support/filters.js";
import { none, texts, tick } from "./support/page.js";
import { HOSTILE } from "./support/samples.js";

test("a tick tells what was switched, and which way", () => {
  const { said, box } = make();
  tick(box("GE"));
  tick(box("GE"), false);
  assert.deepEqual(said, [
    ["change", "country", "GE", true],
    ["change", "country", "GE", false],
  ]);
});

test("what is typed to find a filter is no filter, and Enter does not send the form", () => {
  const { said, find } = make();
  find("[data-find]").dispatchEvent(new Event("change", { bubbles: true }));
  assert.deepEqual(said, []);
  const sent = new Event("submit", { bubbles: true, cancelable: true });
  find("[data-filters]").dispatchEvent(sent);
  assert.equal(sent.defaultPrevented, true);
});

test("the boxes follow the state, on and off", () => {
  const { box, show } = make();
  show("#service=prep&country=GE");
  assert.deepEqual(
    [box("prep"), box("GE"), box("AM")].map((one) => one.checked),
    [true, true, false],
  );
  show("#country=AM");
  assert.deepEqual(
    [box("prep"), box("GE"), box("AM")].map((one) => one.checked),
    [false, false, true],
  );
});

test("a panel offers to clear what is chosen in it", () => {
  const { find, show } = make();
  const look = (name) => {
    const panel = find(`[data-panel=${name}]`);
    return !panel.querySelector("[data-clear-panel]").hidden;
  };
  show("#service=prep,hiv_test&country=GE&near=44.8,41.7,x");
  assert.deepEqual([look("service"), look("where")], [true, true]);
  show("#service=prep");
  assert.deepEqual([look("service"), look("where")], [true, false]);
  show("#service=unheard_of");
  assert.deepEqual([look("service"), look("where")], [false, false]);
});

test("cities are those of the chosen countries, and a chosen city never disappears", () => {
  const { all, show } = make();
  const shown = () =>
    all("[data-cities] [data-country]")
      .filter((row) => !row.hidden)
      .map((row) => row.dataset.country);
  show("");
  assert.deepEqual(shown(), ["GE", "AM"]);
  show("#country=GE");
  assert.deepEqual(shown(), ["GE"]);
  show("#country=GE&city=am2c8f");
  assert.deepEqual(shown(), ["GE", "AM"]);
});

const chips = (all) => texts(all("[data-active] .chip"));

test("what is set stands as chips: words and the place first, then the filters by their names", () => {
  const { all, find, show } = make();
  show("#country=GE&service=prep&near=44.8,41.7,Тбилиси", { q: "юрист" });
  const remove = " remove";
  assert.deepEqual(chips(all), [
    `quoted юрист${remove}`,
    `near Тбилиси${remove}`,
    `Грузия${remove}`,
    `Доконтактная профилактика${remove}`,
  ]);
  assert.deepEqual([find("[data-chosen-number]").hidden, find("[data-chosen-count]").textContent], [false, "4"]);
  assert.equal(all("[data-reset]").length, 1);
  show("", { near: { lat: 1, lon: 2, name: "x", mine: true } });
  assert.deepEqual(chips(all), ["near_me remove"]);
  show("");
  assert.deepEqual([chips(all), all("[data-reset]").length], [[], 0]);
  assert.equal(find("[data-chosen-number]").hidden, true);
});

test("words and names in chips stay text", () => {
  const { find, all, filters } = make();
  filters.show({ ...emptyState(), q: HOSTILE, near: { lat: 1, lon: 2, name: HOSTILE }, filters: { city: [HOSTILE] } });
  none(find("img"));
  assert.equal(chips(all)[0], `quoted ${HOSTILE} remove`);
});

test("a chip gives up its own value, also where the code holds a colon", () => {
  const { all, find, show, said } = make();
  show("#city=ge7qk2", { q: "юрист" });
  for (const chip of all("[data-active] .chip")) chip.querySelector("span").click();
  find("[data-reset]").click();
  find("[data-active]").click();
  assert.deepEqual(said, [["drop", "q", ""], ["drop", "city", "ge7qk2"], ["reset"]]);
});

test("a press on a chip that the server drew as a link stays on the page", () => {
  const { find, said } = make();
  find("[data-active]").innerHTML = '<a class="chip on" href="?x" data-drop="country:GE">Грузия</a>';
  const press = new MouseEvent("click", { bubbles: true, cancelable: true });
  find("[data-active] a").dispatchEvent(press);
  assert.equal(press.defaultPrevented, true);
  assert.deepEqual(said, [["drop", "country", "GE"]]);
});

test("counts stand beside their values; what would find nothing stays, quietly", () => {
  const { find, box, filters } = make();
  filters.showCounts({ country: { GE: 12 }, city: { ge7qk2: 7 } });
  const count = (name) => find(`[data-count="${name}"]`).textContent;
  assert.deepEqual(["country:GE", "city:ge7qk2", "country:AM", "service:prep"].map(count), ["12", "7", "0", "0"]);
  assert.equal(box("GE").closest("label").classList.contains("zero"), false);
  assert.equal(box("AM").closest("label").classList.contains("zero"), true);
  filters.showCounts({ country: { AM: 1 } });
  assert.equal(box("AM").closest("label").classList.contains("zero"), false);
});

test("every panel's button says what it will show; a value has the name of its label", () => {
  const { all, box, filters } = make();
  filters.showTotal("Показать 5 услуг");
  assert.deepEqual(new Set(texts(all("[data-apply]"))), new Set(["Показать 5 услуг"]));
  box("GE").nextElementSibling.textContent = "\n  Грузия ";
  assert.equal(filters.nameOf("country", "GE"), "Грузия");
  assert.equal(filters.nameOf("city", "GE"), "GE");
  assert.equal(filters.nameOf("country", "XX"), "XX");
});

test("what the words named stands on chips that take it off; the words are in their field, and others name nothing", () => {
  const { all, filters, said } = make();
  const state = { ...emptyState(), q: "бесплатный юрист" };
  filters.showMeant(state, { filters: [{ param: "cost", code: "free", name: HOSTILE }] });
  assert.deepEqual(chips(all), [`${HOSTILE} remove`]);
  all("[data-active] .chip")[0].click();
  assert.deepEqual(said, [["drop", "off", "cost:free"]]);
  filters.show({ ...state, q: "врач" });
  assert.deepEqual(chips(all), ["quoted врач remove"]);
});
