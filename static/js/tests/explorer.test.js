import assert from "node:assert/strict";
import test from "node:test";

import { ApiError } from "#map/api.js";
import { explore, HERE } from "./support/explorer.js";
import { promised } from "./support/net.js";
import { settle } from "./support/page.js";
import { answer, cluster, mapAnswer, point } from "./support/samples.js";

async function come(question, { listings = answer(), map = mapAnswer() } = {}) {
  question.resolve({ listings, map });
  await settle();
}

test("a page that the server has drawn asks for pins alone and leaves its list", async () => {
  const { explorer, asked, of } = await explore();
  explorer.begin();
  assert.deepEqual(asked[0].more, { isWhole: false, withList: false, isFirst: true });
  await come(asked[0], { listings: null });
  assert.equal(of("render").length, 0);
  assert.equal(of("wait").length, 0);
  assert.equal(of("pins").length, 1);
});

test("filters of the server move the map to what they find", async () => {
  const { explorer, asked, of } = await explore({
    initial: { filters: { country: ["GE"] }, sort: "checked", unread: [] },
  });
  explorer.begin();
  assert.deepEqual([explorer.state.filters, explorer.state.sort], [{ country: ["GE"] }, "checked"]);
  assert.equal(asked[0].more.isWhole, true);
  await come(asked[0], { map: mapAnswer({ points: [point("a", 44, 41)] }) });
  assert.equal(of("fit")[0][0].toBBoxString(), "44,41,44,41");
});

test("a fragment says all: what the server has drawn is asked for anew", async () => {
  const url = "https://map.test/ru/#service=prep&z=9&c=44.8,41.7";
  const { explorer, asked, of } = await explore({
    url,
    initial: { filters: { country: ["GE"] }, sort: "checked", unread: [] },
  });
  explorer.begin();
  assert.deepEqual(explorer.state.filters, { service: ["prep"] });
  assert.equal(asked[0].more.withList, true);
  assert.deepEqual(of("show"), [[{ lat: 41.7, lon: 44.8, zoom: 9 }]]);
  await come(asked[0]);
  assert.equal(of("fit").length, 0);
  assert.equal(of("render").length, 1);
});

test("the list is told whether it is that of everywhere, and of what lies beside it", async () => {
  const { explorer, asked, of } = await explore();
  explorer.refresh();
  await come(asked[0], { map: mapAnswer({ total: 9, unplaced: 2, counts: { open: { now: 1 } } }) });
  assert.deepEqual(of("render")[0][1], { total: 9, unplaced: 2, append: false, isWhole: true, isByReach: true });
  assert.deepEqual(of("counts"), [[{ open: { now: 1 } }]]);
  assert.deepEqual(of("total"), [["show_services 9"]]);
  assert.equal(of("restore").length, 1);
  explorer.moved(true);
  assert.deepEqual(asked[1].more, { isWhole: false, withList: true, isFirst: false });
  await come(asked[1]);
  assert.equal(of("render")[1][1].isWhole, false);
});

test("a filter that means another part of the world moves the map; others stay in the view", async () => {
  const { explorer, asked } = await explore();
  explorer.state.view = HERE;
  explorer.set("open", "now", true);
  assert.deepEqual([explorer.state.view, asked[0].more.isWhole], [HERE, false]);
  for (const [param, code] of [
    ["country", "GE"],
    ["city", "ge7qk2"],
    ["organization", "1"],
  ]) {
    explorer.state.view = HERE;
    explorer.set(param, code, true);
    assert.deepEqual([explorer.state.view, asked.at(-1).more.isWhole], [null, true], param);
  }
});

test("every change shows that other results are coming, and begins at the first page", async () => {
  const { explorer, of } = await explore();
  explorer.page = 4;
  explorer.set("open", "now", true);
  assert.equal(of("wait").length, 1);
  assert.equal(explorer.page, 1);
  assert.deepEqual(of("words"), [[""]]);
  assert.equal(of("filters")[0][0], explorer.state);
});

test("words, a place and whole filters can be given up one by one", async () => {
  const { explorer } = await explore({
    words: "юрист",
    url: "https://map.test/ru/#open=now&country=GE,AM&near=44.8,41.7,x",
  });
  explorer.drop("country", "AM");
  assert.deepEqual(explorer.state.filters.country, ["GE"]);
  explorer.drop("country", "");
  assert.equal(explorer.state.filters.country, undefined);
  assert.ok(explorer.state.near && explorer.state.q);
  explorer.drop("near", "");
  explorer.drop("q", "");
  assert.deepEqual([explorer.state.near, explorer.state.q, explorer.state.filters], [null, "", { open: ["now"] }]);
});

test("without a place there is no order by distance", async () => {
  const { explorer } = await explore({ url: "https://map.test/ru/#near=44.8,41.7,x&sort=distance" });
  explorer.set("open", "now", true);
  assert.equal(explorer.state.sort, "distance");
  explorer.drop("near", "");
  assert.equal(explorer.state.sort, "");
});

test("clearing a panel clears it alone; clearing all clears words too, and shows everything", async () => {
  const { explorer, asked, of } = await explore({ words: "юрист", url: "https://map.test/ru/#open=now&service=prep" });
  explorer.clear(["service"]);
  assert.deepEqual([explorer.state.filters, explorer.state.q], [{ open: ["now"] }, "юрист"]);
  explorer.state.view = HERE;
  explorer.clear(["open", "country"]);
  assert.equal(explorer.state.view, null);
  explorer.reset();
  assert.deepEqual([explorer.state.filters, explorer.state.q], [{}, ""]);
  await come(asked.at(-1));
  assert.deepEqual(of("fit"), [["home"]]);
});

test("showing all keeps the filters and leaves the view", async () => {
  const { explorer } = await explore({ url: "https://map.test/ru/#open=now&z=9&c=44.8,41.7" });
  explorer.showAll();
  assert.deepEqual([explorer.state.filters, explorer.state.view], [{ open: ["now"] }, null]);
});

test("new words are ordered by how well they fit; the best order has no name in the address", async () => {
  const { explorer } = await explore({ url: "https://map.test/ru/#sort=checked" });
  explorer.say("юрист");
  assert.deepEqual([explorer.state.q, explorer.state.sort], ["юрист", ""]);
  explorer.sortBy("checked");
  assert.equal(explorer.state.sort, "checked");
  explorer.sortBy("best");
  assert.equal(explorer.state.sort, "");
});

test("near a place: it is marked, its name told, the visitor's own never named", async () => {
  const { explorer, of } = await explore({ url: "https://map.test/ru/#sort=checked&z=9&c=44.8,41.7" });
  explorer.goNear({ lat: 41.7, lon: 44.8, name: "Тбилиси", mine: false });
  explorer.goNear({ lat: 42, lon: 45, name: "", mine: true });
  assert.deepEqual(of("position"), [
    [{ lat: 41.7, lon: 44.8, name: "Тбилиси", mine: false }, "Тбилиси"],
    [{ lat: 42, lon: 45, name: "", mine: true }, "you_are_here"],
  ]);
  assert.equal(of("wait").length, 2);
  assert.deepEqual([explorer.state.sort, explorer.state.view], ["", null]);
  assert.doesNotMatch(window.location.hash, /near/);
});

test("openCluster: what is inside is asked about with the present question", async () => {
  const { explorer, asked } = await explore();
  const opened = cluster(44, 41, 3);
  explorer.openCluster(opened);
  assert.deepEqual([asked[0].kind, asked[0].more], ["inside", opened]);
});

test("an empty answer leaves the map where it is", async () => {
  const { explorer, asked, of } = await explore({ initial: { filters: { country: ["GE"] }, sort: "", unread: [] } });
  explorer.begin();
  await come(asked[0]);
  assert.equal(of("fit").length, 0);
});

test("a cluster whose places are not told says so above the list", async () => {
  const { explorer, asked, of } = await explore();
  explorer.openCluster(cluster(44, 41, 3));
  asked[0].reject(new ApiError("server"));
  await settle();
  assert.equal(of("fail").length, 1);
});

test("what a finger is down on stays until it is lifted, however quick the answer is", async () => {
  const { explorer, parts, asked, of } = await explore();
  const lifted = promised();
  parts.list.press = { isDown: true, released: () => lifted.promise };
  explorer.moved(true);
  await come(asked[0]);
  assert.deepEqual([of("render").length, of("pins").length], [0, 0]);
  lifted.resolve();
  await settle();
  assert.deepEqual([of("render").length, of("pins").length], [1, 1]);
});
