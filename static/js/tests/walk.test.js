import assert from "node:assert/strict";
import test from "node:test";

import { readingOrder } from "#map/walk.js";

const marks = [
  ["c", 10, 60],
  ["b", 90, 30],
  ["a", 5, 42],
  ["d", 80, 100],
].map(([name, x, y]) => ({ name, x, y }));
const names = (isRtl) => readingOrder(marks, (mark) => mark, isRtl).map(({ name }) => name);

test("pins are walked row by row from the top, each row from the side where lines begin", () => {
  assert.deepEqual(names(false), ["a", "c", "b", "d"]);
  assert.deepEqual(names(true), ["b", "c", "a", "d"]);
  assert.deepEqual(
    readingOrder([], (mark) => mark),
    [],
  );
});
