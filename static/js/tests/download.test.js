import assert from "node:assert/strict";
import test from "node:test";

import { downloadFields } from "#map/download.js";
import { emptyState } from "#map/state.js";

test("a file is asked for with conditions, words and the box of the list, never with a position", () => {
  const state = { ...emptyState(), filters: { country: ["KZ", "GE"] }, q: "врач", off: ["country:GE"] };
  const near = { lat: 41.7, lon: 44.8, name: "", mine: true };
  assert.deepEqual(downloadFields({ ...state, near }, [1, 2, 3, 4]), [
    ["country", "GE,KZ"],
    ["q", "врач"],
    ["off", "country:GE"],
    ["bbox", "1.0000,2.0000,3.0000,4.0000"],
  ]);
  assert.deepEqual(downloadFields(emptyState(), null), []);
});
