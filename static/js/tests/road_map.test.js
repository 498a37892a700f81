import assert from "node:assert/strict";
import test from "node:test";

import { page } from "./support/page.js";

test("pins that would lie upon each other stand in one group", async () => {
  page();
  const { groups } = await import("#road/map.js");
  const places = [
    { id: "a", x: 0, y: 0 },
    { id: "b", x: 20, y: 20 },
    { id: "c", x: 90, y: 0 },
    { id: "d", x: 40, y: 0 },
  ];
  const found = groups(places, (place) => place).map((group) => group.map(({ id }) => id).join(""));
  assert.deepEqual(found, ["abd", "c"]);
});
