import assert from "node:assert/strict";
import test from "node:test";

import { formatBbox } from "#map/api.js";
import { covers, padded, Questions, tiled } from "#map/questions.js";
import { emptyState, parseFragment } from "#map/state.js";

const view = { zoom: 6, bbox: () => [40, 40, 50, 45] };

function fakeApi() {
  const asked = [];
  const note = (name) => (_state, options) => {
    asked.push([name, options]);
    return Promise.resolve({ name, map: { name: "map of search" } });
  };
  const map = (state, options) => note("map")(state, options).then((answer) => ({ ...answer, listings: "a list" }));
  return { asked, map, listings: note("listings"), search: note("search") };
}

test("a move is one question: pins a little around the view, the list of what is seen, and not again inside it", async () => {
  const api = fakeApi();
  const questions = new Questions(api, view);
  const { listings } = await questions.ask(parseFragment("#z=6&c=45,42"));
  const [[name, { bbox, zoom, list }], ...others] = api.asked;
  assert.deepEqual([name, zoom, others, listings], ["map", 6, [], "a list"]);
  assert.deepEqual([bbox, list], [tiled([35, 37.5, 55, 47.5], 6), tiled([40, 40, 50, 45], 6, 8)]);
  assert.equal(await questions.pins(emptyState()), null);
});

test("without a chosen view the list is that of everywhere", async () => {
  const api = fakeApi();
  await new Questions(api, view).ask(emptyState(), { isWhole: true });
  assert.deepEqual(api.asked, [["map", { bbox: null, zoom: 6, list: null }]]);
});

test("words are posted, and bring list and map in one answer", async () => {
  const api = fakeApi();
  const { listings, map } = await new Questions(api, view).ask({ ...emptyState(), q: "юрист" });
  assert.deepEqual(
    api.asked.map(([name]) => name),
    ["search"],
  );
  assert.equal(listings.name, "search");
  assert.equal(map.name, "map of search");
});

test("another zoom or a longer way needs new pins", () => {
  const asked = { bbox: padded([40, 40, 50, 45]), zoom: 6 };
  assert.equal(covers(asked, { bbox: [42, 41, 52, 46], zoom: 6.2 }), true);
  assert.equal(covers(asked, { bbox: [42, 41, 52, 46], zoom: 7 }), false);
  assert.equal(covers(asked, { bbox: [52, 41, 62, 46], zoom: 6 }), false);
  assert.equal(covers(null, { bbox: [42, 41, 52, 46], zoom: 6 }), false);
  assert.equal(covers({ bbox: null, zoom: 6 }, { bbox: [-180, -90, 180, 90], zoom: 6 }), true);
});

test("a page that shows its list already is asked for pins alone", async () => {
  const api = fakeApi();
  const { listings } = await new Questions(api, view).ask(emptyState(), { withList: false });
  assert.equal(listings, null);
  assert.deepEqual(
    api.asked.map(([name]) => name),
    ["map"],
  );
});

test("a position is posted like words are, in the box of the view", async () => {
  const api = fakeApi();
  const state = { ...parseFragment("#z=6&c=45,42"), near: { lat: 41.7, lon: 44.8, mine: true } };
  await new Questions(api, view).ask(state);
  assert.deepEqual(api.asked, [["search", { bbox: [40, 40, 50, 45], zoom: 6 }]]);
});

test("more of a search is searched, more of a list is listed, in the same box", async () => {
  const api = fakeApi();
  const questions = new Questions(api, view);
  questions.more(parseFragment("#z=6&c=45,42"), 2);
  questions.more({ ...emptyState(), q: "юрист" }, 3);
  assert.deepEqual(api.asked, [
    ["listings", { bbox: tiled([40, 40, 50, 45], 6, 8), page: 2 }],
    ["search", { bbox: null, page: 3 }],
  ]);
});

test("a cluster is asked about with a little around it, so near that each place stands alone", async () => {
  const api = fakeApi();
  new Questions(api, view).inside(emptyState(), { bbox: [44.8, 41.7, 44.8, 41.7] });
  const [[name, { bbox, zoom }]] = api.asked;
  assert.deepEqual([name, zoom >= 20], ["map", true]);
  assert.ok(bbox[0] < 44.8 && bbox[1] < 41.7 && bbox[2] > 44.8 && bbox[3] > 41.7);
});

test("pins whose question failed are asked for again; those that were overtaken are on their way", async () => {
  const failing = (kind) => ({ ...fakeApi(), map: () => Promise.reject(Object.assign(new Error(kind), { kind })) });
  for (const [kind, isKept] of [
    ["network", false],
    ["aborted", true],
  ]) {
    const questions = new Questions(failing(kind), view);
    await assert.rejects(questions.ask(emptyState()), { kind });
    assert.equal(questions.asked !== null, isKept);
  }
});

test("the box around a view ends with the globe", () => {
  assert.deepEqual(padded([-170, -80, 170, 80]), [-340, -90, 340, 90]);
  assert.equal(formatBbox(padded([-170, -80, 170, 80])), "-180.0000,-90.0000,180.0000,90.0000");
});

test("views that differ by a little ask for the same tiles, never for less than is seen", () => {
  const [west, south, east, north] = tiled([40, 40, 50, 45], 6);
  assert.deepEqual([west, east], [39.375, 50.625]);
  assert.ok(south <= 40 && north >= 45 && south > 36 && north < 49);
  assert.deepEqual(tiled([40.3, 40.1, 50.3, 44.9], 6.2), [west, south, east, north]);
  assert.deepEqual(tiled([-200, -89, 200, 89], 0), [-540, -90, 540, 90]);
  const [left, bottom, right, top] = tiled([40, 40, 50, 45], 6, 8);
  assert.ok(left <= 40 && right >= 50 && bottom <= 40 && top >= 45 && right - left < 11.5);
});

test("what the page brought along is asked of nobody, once, at its zoom and for what the page was drawn with", async () => {
  const first = { total: 3, counts: {}, zooms: { 6: { clusters: ["a cluster"], points: [] } } };
  const api = fakeApi();
  const questions = new Questions(api, view, first);
  const { listings, map } = await questions.ask(emptyState(), { withList: false, isFirst: true });
  assert.deepEqual([listings, map.total, map.clusters, api.asked], [null, 3, ["a cluster"], []]);
  assert.equal(await questions.pins(emptyState()), null);
  await questions.ask(emptyState(), { withList: false, isFirst: true });
  assert.equal(api.asked.length, 1);
  for (const [state, more] of [
    [emptyState(), { isFirst: false }],
    [{ ...emptyState(), q: "юрист" }, { isFirst: true }],
  ])
    await new Questions(api, view, first).ask(state, { withList: false, ...more });
  await new Questions(api, { ...view, zoom: 7 }, first).ask(emptyState(), { withList: false, isFirst: true });
  assert.equal(api.asked.length, 4);
});
