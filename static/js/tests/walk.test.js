import assert from "node:assert/strict";
import test from "node:test";

import { readingOrder } from "#map/walk.js";
import { withMarks } from "./support/markers.js";
import { key, same } from "./support/page.js";
import { point } from "./support/samples.js";

const A = point("a", 44, 41);

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

test("the keyboard stops once among the marks and walks them row by row, and a cluster leads to what it held", async () => {
  const { document, map, show, spots, named } = await withMarks();
  const [first, second, last] = [point("n", 44, 60), point("w", 20, 45), point("e", 60, 45)];
  const within = (id) => `pin Место ${id} Здоровье place_services 1`;
  show({ points: [last, first, second], clusters: [] });
  assert.deepEqual(
    spots().map((spot) => [spot.getAttribute("aria-label"), spot.tabIndex]),
    [
      [within("n"), 0],
      [within("w"), -1],
      [within("e"), -1],
    ],
  );
  named(within("n")).focus();
  const press = (name) => key(document.activeElement, name);
  const heard = [];
  map.getContainer().parentNode.addEventListener("keydown", (event) => heard.push(event.key));
  for (const [name, where] of [
    ["ArrowDown", "w"],
    ["ArrowRight", "e"],
    ["ArrowRight", "e"],
    ["ArrowLeft", "w"],
    ["Home", "n"],
    ["End", "e"],
  ]) {
    press(name);
    same(document.activeElement, named(within(where)));
    assert.equal(document.activeElement.tabIndex, 0);
  }
  press("Tab");
  assert.deepEqual(heard, ["Tab"]);
  show({ points: [first, second, last, A] });
  same(document.activeElement, named(within("e")));
  assert.equal(spots().filter((spot) => spot.tabIndex === 0).length, 1);
});
