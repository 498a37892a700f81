import assert from "node:assert/strict";
import test from "node:test";

import { ApiError } from "#map/api.js";
import { emptyState } from "#map/state.js";
import { explore, HERE } from "./support/explorer.js";
import { settle } from "./support/page.js";
import { answer, mapAnswer } from "./support/samples.js";

test("the visitor's hand changes what is looked at; a move of ours changes pins alone", async () => {
  const { explorer, asked, of } = await explore();
  explorer.moved(false);
  assert.deepEqual([asked[0].kind, explorer.state.view], ["pins", null]);
  asked[0].resolve(mapAnswer());
  await settle();
  assert.deepEqual([of("pins").length, of("render").length], [1, 0]);
  explorer.moved(true);
  assert.deepEqual([asked[1].kind, explorer.state.view], ["ask", { lat: 41.7, lon: 44.8, zoom: 9 }]);
  assert.equal(of("wait").length, 0);
});

test("pins that still do are not drawn anew", async () => {
  const { explorer, asked, of } = await explore();
  explorer.moved(false);
  asked[0].resolve(null);
  await settle();
  assert.equal(of("pins").length, 0);
});

test("more joins below, page after page; a page that failed is asked for again", async () => {
  const { explorer, asked, of } = await explore();
  explorer.answer = mapAnswer();
  explorer.more();
  assert.equal(asked[0].more, 2);
  asked[0].reject(new ApiError("network"));
  await settle();
  explorer.more();
  assert.equal(asked[1].more, 2);
  asked[1].resolve(answer());
  await settle();
  assert.equal(of("render")[0][1].append, true);
  explorer.more();
  assert.equal(asked[2].more, 3);
});

test("an aborted answer changes nothing; other troubles are told above the list", async () => {
  const { explorer, asked, of } = await explore();
  explorer.refresh();
  asked[0].reject(new ApiError("aborted"));
  await settle();
  assert.deepEqual([of("fail").length, of("render").length, of("pins").length], [0, 0, 0]);
  explorer.refresh();
  asked[1].reject(new ApiError("input", "Нет такой страны"));
  await settle();
  assert.equal(of("fail")[0][0].message, "Нет такой страны");
});

test("a mistake of ours is not dressed up as trouble with the connection", async () => {
  const { explorer, asked, of } = await explore();
  const running = explorer.refresh();
  asked[0].reject(new TypeError("x is undefined"));
  await assert.rejects(running, TypeError);
  assert.equal(of("fail").length, 0);
});

test("the address holds what is looked at, for reloading and sharing, without words", async () => {
  const { explorer } = await explore({ url: "https://map.test/ru/?utm=1", words: "вич" });
  window.history.replaceState({ layer: "panel" }, "");
  explorer.set("country", "GE", true);
  assert.equal(window.location.href, "https://map.test/ru/#country=GE");
  assert.deepEqual(window.history.state, { layer: "panel" });
  explorer.set("country", "GE", false);
  assert.equal(window.location.href, "https://map.test/ru/");
});

test("an embed keeps its query: it says what the embedding page has asked for", async () => {
  const { explorer } = await explore({ url: "https://map.test/embed/?view=list", embed: true });
  explorer.set("open", "now", true);
  assert.equal(window.location.href, "https://map.test/embed/?view=list#open=now");
});

test("an address that somebody has changed is followed, and the words stay", async () => {
  const { explorer, asked, of } = await explore({ words: "юрист" });
  window.location.hash = "#country=AM";
  explorer.addressChanged();
  assert.deepEqual([explorer.state.filters, explorer.state.q], [{ country: ["AM"] }, "юрист"]);
  assert.equal(asked[0].more.isWhole, true);
  assert.deepEqual([of("show").length, of("wait").length], [0, 1]);
  window.location.hash = "#country=AM&z=9&c=44.8,41.7";
  explorer.addressChanged();
  assert.deepEqual(of("show"), [[{ lat: 41.7, lon: 44.8, zoom: 9 }]]);
  assert.equal(asked[1].more.isWhole, false);
});

test("an address that we have written ourselves is no change", async () => {
  const { explorer, asked } = await explore();
  explorer.set("country", "GE", true);
  explorer.addressChanged();
  assert.equal(asked.length, 1);
});

test("back brings everything back: where the map looked, the words, the pages, the place, the scroll", async () => {
  const state = { ...emptyState(), q: "тест", filters: { cost: ["free"] }, place: "p1" };
  const left = { state, page: 2, shown: HERE, scroll: 640, stop: "full", isAsking: false };
  const { explorer, parts, asked, of, told } = await explore({ url: "https://map.test/ru/#cost=free&place=p1", left });
  const done = explorer.begin();
  assert.deepEqual(of("show"), [[HERE]]);
  asked[0].resolve({ listings: answer(), map: mapAnswer() });
  await settle();
  asked[1].resolve(answer());
  await done;
  assert.deepEqual([of("sheet"), of("place"), of("resume")], [[["full"]], [["p1"]], [[false]]]);
  assert.deepEqual([explorer.state.q, explorer.page, parts.list.scroll, of("fit").length], ["тест", 2, 640, 0]);
  assert.equal(told.filter(([name]) => name === "render").length, 2);
  assert.deepEqual(explorer.look(), { ...left, stop: "half" });
});

test("what was left at another address is not brought back", async () => {
  const left = { state: { ...emptyState(), q: "тест" }, page: 1, shown: HERE, scroll: 0, stop: "half", isAsking: true };
  const { explorer } = await explore({ url: "https://map.test/ru/#country=GE", left });
  assert.deepEqual([explorer.state.q, explorer.state.filters], ["", { country: ["GE"] }]);
});

test("a link to a place opens it, and one to a place that is no more shows the map", async () => {
  const { explorer, parts, asked, of } = await explore({ url: "https://map.test/ru/#z=12&c=44.8,41.7&place=p1" });
  parts.places.show = async () => {
    throw new ApiError("server");
  };
  const done = explorer.begin();
  asked[0].resolve({ listings: answer(), map: mapAnswer() });
  await done;
  assert.equal(of("fail").length, 0);
  assert.equal(window.location.hash, "#z=12&c=44.8,41.7");
});
