import assert from "node:assert/strict";
import test from "node:test";

import { Cards } from "#map/card.js";
import { ageText, List } from "#map/list.js";
import { APP } from "./support/app.js";
import { hands, none, page, texts } from "./support/page.js";
import { answer, HOSTILE, listing, t } from "./support/samples.js";

const names = (param, code) => `${param}=${code}`;

function make() {
  const root = page(APP).querySelector("service-map");
  const { said, note } = hands();
  const on = { more: note("more"), showAll: note("showAll"), retry: note("retry"), drop: note("drop") };
  const list = new List(root, { cards: new Cards({ t, language: "ru" }), t, on, names });
  return { root, list, said, find: (selector) => root.querySelector(selector) };
}

const cards = (root) => [...root.querySelectorAll("[data-cards] .card")].map((card) => card.dataset.listing);

test("an answer becomes cards and a summary, which is also told to those who listen", () => {
  const { root, list, find } = make();
  list.render(answer([listing(), listing({ id: "l2" })], { count: 12, places: 3 }));
  assert.deepEqual(cards(root), ["l1", "l2"]);
  assert.equal(find("[data-summary]").textContent, "services 12 in_places 3");
  assert.equal(find("[data-announce]").textContent, "services 12 in_places 3");
  list.render(answer([listing()], { places: 0 }));
  assert.deepEqual(cards(root), ["l1"]);
  assert.equal(find("[data-announce]").textContent, "services 1");
});

test("a new answer begins at its top; more of the same joins below and does not jump", () => {
  const { root, list, find } = make();
  find("[data-sheet-scroll]").scrollTop = 300;
  assert.equal(list.scroll, 300);
  list.render(answer());
  assert.equal(list.scroll, 0);
  list.scroll = 200;
  list.render(answer([listing({ id: "l2" })], { page: 2, pages: 2 }), { append: true });
  assert.deepEqual(cards(root), ["l1", "l2"]);
  assert.equal(list.scroll, 200);
});

test("an answer that says the same moves nothing", () => {
  const { root, list, find } = make();
  list.render(answer([listing(), listing({ id: "l2" })]));
  const first = find(".card");
  list.scroll = 200;
  list.render(answer([listing(), listing({ id: "l2" })]));
  assert.equal(find(".card"), first);
  assert.equal(list.scroll, 200);
  list.render(answer([listing({ id: "l2" }), listing()]));
  assert.deepEqual(cards(root), ["l2", "l1"]);
  assert.equal(list.scroll, 0);
});

test("a line stands where what is within reach ends, once for a list that grows, and in no other order", () => {
  const { list, find } = make();
  const far = (id, reach) => listing({ id, reach });
  const lines = () =>
    [...find("[data-cards]").children].map((row) => (row.className === "reach" ? row.textContent : "·"));
  list.render(answer([far("a", "near"), far("b", "remote"), far("c", "far")], { pages: 2 }));
  list.render(answer([far("d", "far"), far("e", "elsewhere")], { page: 2, pages: 2 }), { append: true });
  assert.deepEqual(lines(), ["·", "reach_remote", "·", "reach_far", "·", "·", "reach_elsewhere", "·"]);
  list.render(answer([far("a", "far")]), { isByReach: false });
  assert.deepEqual(lines(), ["·"]);
});

test("more is offered until the last page", () => {
  const { list, find, said } = make();
  list.render(answer([listing()], { page: 1, pages: 2 }));
  find("[data-more] button").click();
  assert.deepEqual(said, [["more"]]);
  list.render(answer([listing()], { page: 2, pages: 2 }));
  none(find("[data-more] button"));
});

test("what lies outside the view is offered, but not when the list is that of everywhere", () => {
  const { list, find, said } = make();
  list.render(answer(), { total: 5, isWhole: false });
  assert.equal(find(".offer").textContent, "in_view 1 5 show_all");
  find(".offer button").click();
  assert.deepEqual(said, [["showAll"]]);
  list.render(answer(), { total: 5, isWhole: true });
  none(find(".offer"));
  list.render(answer(), { total: 1, isWhole: false });
  none(find(".offer"));
});

test("help without a point on the map is offered at the end of the list only", () => {
  const { list, find } = make();
  list.render(answer(), { unplaced: 4, isWhole: false });
  assert.equal(find(".offer").textContent, "without_point 4 show_them");
  list.render(answer([listing()], { pages: 2 }), { unplaced: 4, isWhole: false });
  none(find(".offer"));
  list.render(answer(), { unplaced: 4, isWhole: true });
  none(find(".offer"));
});

test("nothing in view is not yet nothing at all", () => {
  const { list, find, said } = make();
  list.render(answer([]), { total: 7, isWhole: false });
  assert.match(find(".alternatives").textContent, /nothing_here/);
  none(find(".offer"));
  find(".alternatives button").click();
  assert.deepEqual(said, [["showAll"]]);
});

const ALTERNATIVES = {
  drop: [
    { param: "open", code: "now", count: 3 },
    { param: "q", code: "", name: HOSTILE },
  ],
  nearest: [listing({ id: "near" })],
  hotlines: [{ name: HOSTILE, organization: "Фонд", country_name: "", phone: "8 800 1", phone_href: "tel:88001" }],
};

test("nothing at all: a filter to give up, the nearest help, and somebody to call", () => {
  const { list, find, said } = make();
  list.render(answer([], { alternatives: ALTERNATIVES }), { total: 0 });
  assert.deepEqual(texts(find(".alternatives").querySelectorAll("h3")).slice(0, 2), ["nothing_fits", "nearest"]);
  assert.deepEqual(texts(find(".alternatives").querySelectorAll(".chip")), ["open=now3", HOSTILE]);
  find(".alternatives .chip").click();
  assert.deepEqual(said, [["drop", "open", "now"]]);
  assert.equal(find(".alternatives .card").dataset.listing, "near");
  assert.equal(find(".alternatives .phone").getAttribute("href"), "tel:88001");
  assert.equal(find(".alternatives .rows .quiet").textContent, "Фонд");
  none(find("img"));
});

test("without alternatives none are promised, and the next answer takes the offer away", () => {
  const { list, find } = make();
  list.render(answer([]), { total: 0 });
  assert.deepEqual(texts(find(".alternatives").querySelectorAll("h3")), ["nothing_fits"]);
  assert.doesNotMatch(find(".alternatives").textContent, /give_up_one/);
  list.render(answer());
  none(find(".alternatives"));
});

test("how the words were read is said only where they were read otherwise", () => {
  const { list, find } = make();
  const said = (understood) => {
    list.render(answer([listing()], { understood }));
    return find("[data-understood]").hidden ? null : find("[data-understood]").textContent;
  };
  assert.equal(said(null), null);
  assert.equal(said({ words: "тест" }), null);
  assert.equal(said({ words: "тезт", corrected: "тест" }), "understood тест");
  assert.equal(said({ words: "тест", place: { name: HOSTILE } }), null);
  assert.equal(said({ words: HOSTILE, left_out: HOSTILE }), `words_left_out ${HOSTILE}`);
  none(find("img"));
});

test("cards of a place are found by its code, and marked until another is", () => {
  const { root, list } = make();
  list.render(answer([listing({ place_id: "p:1" }), listing({ id: "l2", place_id: "p2" })]));
  assert.equal(list.find("p:1").dataset.listing, "l1");
  list.mark(["p:1"], "is-selected");
  list.mark(["p2"], "is-selected");
  const marked = [...root.querySelectorAll(".is-selected")].map((card) => card.dataset.listing);
  assert.deepEqual(marked, ["l2"]);
  list.mark([], "is-selected");
  none(root.querySelector(".is-selected"));
});

test("ages: just now, minutes, whole hours", () => {
  const at = (seconds) => ageText(t, 0, seconds * 1000);
  assert.deepEqual([59, 60, 3599, 3600, 7300].map(at), [
    "just_now",
    "minutes_ago 1",
    "minutes_ago 59",
    "hours_ago 1",
    "hours_ago 2",
  ]);
});
