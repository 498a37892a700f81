import assert from "node:assert/strict";
import test from "node:test";

import { none, page } from "./support/page.js";

const ORDER = ["health", "harm", "law"];

test("the arcs of a ring fill it in the order of the families, and a single family fills it whole", async () => {
  page();
  const { arcs } = await import("#map/ring.js");
  assert.deepEqual(arcs({ law: 3 }, ORDER), [{ family: "law", from: 0, length: 100 }]);
  const [health, law] = arcs({ law: 1, health: 3 }, ORDER);
  assert.deepEqual([health.family, health.from, law.family, law.from], ["health", 0, "law", 75]);
  assert.ok(health.length < 75 && health.length > 70, "a gap tells two arcs apart");
  const [, one] = arcs({ health: 300, harm: 1 }, ORDER);
  assert.ok(one.length > 2, "one among hundreds is still seen");
});

test("a ring says its number and draws nothing for families that it does not know", async () => {
  page();
  const { ring } = await import("#map/ring.js");
  const drawn = ring(12, { health: 11, unheard: 1 }, ORDER);
  assert.equal(drawn.textContent, "12");
  assert.equal(drawn.getAttribute("aria-hidden"), "true");
  assert.deepEqual(
    [...drawn.querySelectorAll("circle")].map((arc) => arc.dataset.family),
    ["health"],
  );
  none(ring(2, {}, ORDER).querySelector("circle"));
});
