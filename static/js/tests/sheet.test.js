import assert from "node:assert/strict";
import test from "node:test";

import { restingStop } from "#map/sheet.js";

const heights = { peek: 84, half: 300, full: 600 };

test("a slow drag rests at the nearest stop", () => {
  assert.equal(restingStop(120, 0.1, heights, "half"), "peek");
  assert.equal(restingStop(400, -0.1, heights, "full"), "half");
  assert.equal(restingStop(520, 0, heights, "half"), "full");
});

test("a flick goes one stop on, and no further than the last", () => {
  assert.equal(restingStop(310, 0.9, heights, "half"), "full");
  assert.equal(restingStop(590, 0.9, heights, "full"), "full");
  assert.equal(restingStop(290, -0.9, heights, "half"), "peek");
  assert.equal(restingStop(80, -0.9, heights, "peek"), "peek");
});
