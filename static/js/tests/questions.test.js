import assert from "node:assert/strict";
import test from "node:test";

import { covers, padded, Questions } from "#map/questions.js";
import { emptyState, parseFragment } from "#map/state.js";

const view = { zoom: 6, bbox: () => [40, 40, 50, 45] };

function fakeApi() {
  const asked = [];
  const note = (name) => (_state, options) => {
    asked.push([name, options]);
    return Promise.resolve({ name, map: { name: "map of search" } });
  };
  return { asked, map: note("map"), listings: note("listings"), search: note("search") };
}

test("pins are asked for a little around the view, and not again inside it", async () => {
  const api = fakeApi();
  const questions = new Questions(api, view);
  await questions.ask(parseFragment("#z=6&c=45,42"));
  assert.deepEqual(api.asked, [
    ["listings", { bbox: [40, 40, 50, 45] }],
    ["map", { bbox: [35, 37.5, 55, 47.5], zoom: 6 }],
  ]);
  assert.equal(await questions.pins(emptyState()), null);
});

test("without a chosen view the list is that of everywhere", async () => {
  const api = fakeApi();
  await new Questions(api, view).ask(emptyState(), { isWhole: true });
  assert.deepEqual(
    api.asked.map(([, options]) => options.bbox),
    [null, null],
  );
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
