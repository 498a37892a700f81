import assert from "node:assert/strict";
import test from "node:test";

import { page } from "./support/page.js";
import { cluster, point } from "./support/samples.js";

async function view() {
  page("");
  return await import("#map/bounds.js");
}

test("near a place, what is within reach fits in with it, or else the nearest that there is", async () => {
  const { boundsAround } = await view();
  const near = { lat: 41, lon: 44 };
  const at = (lon, reach) => ({ lon, lat: 41, reach });
  const box = (results) => boundsAround(near, results).toBBoxString();
  const close = [45, 46, 47, 48, 49, 50].map((lon) => at(lon, "near"));
  assert.equal(box([...close, at(80, "far")]), "44,41,49,41");
  assert.equal(box([{ lon: null, lat: null, reach: "remote" }, at(60, "far"), at(80, "far")]), "44,41,60,41");
  assert.equal(box([]), "44,41,44,41");
});

test("all of an answer fits in: clusters by their boxes, pins by their points", async () => {
  const { boundsOfAnswer } = await view();
  const answer = { clusters: [cluster(44, 41, 5, [43, 40, 45, 42])], points: [point("a", 69, 41)] };
  assert.equal(boundsOfAnswer(answer).toBBoxString(), "43,40,69,42");
  assert.equal(boundsOfAnswer({ clusters: [], points: [] }), null);
});
