import assert from "node:assert/strict";
import test from "node:test";

import { changes, clusterKey, spots, untangled } from "#map/groups.js";

const point = (id, lon, lat, more = {}) => ({ id, lon, lat, count: 1, ...more });
const cluster = (lon, lat, count, places = 2) => ({ lon, lat, count, places, bbox: [lon, lat, lon, lat] });
const project = (lat, lon) => ({ x: lon, y: lat }); // one degree is one pixel

test("places on one spot stand together, neighbours apart", () => {
  const found = spots([point("a", 44.8, 41.7), point("b", 44.9, 41.7), point("c", 44.80001, 41.70001)]);
  assert.deepEqual(
    found.map((spot) => spot.points.map((one) => one.id)),
    [["a", "c"], ["b"]],
  );
  assert.notEqual(found[0].key, found[1].key);
});

test("marks that overlap become one with all their services, and the box of all", () => {
  const { clusters, points } = untangled({ clusters: [cluster(0, 0, 5), cluster(10, 0, 7)], points: [] }, project);
  assert.equal(points.length, 0);
  assert.equal(clusters.length, 1);
  assert.equal(clusters[0].count, 12);
  assert.equal(clusters[0].places, 4);
  assert.deepEqual(clusters[0].bbox, [0, 0, 10, 0]);
});

test("a pin under a cluster joins it; a pin with room stays as it is", () => {
  const free = point("free", 500, 0);
  const { clusters, points } = untangled(
    { clusters: [cluster(0, 0, 5)], points: [point("under", 3, 20), free] },
    project,
  );
  assert.equal(clusters[0].count, 6);
  assert.deepEqual(points, [free]);
});

test("two pins that hide each other become a cluster of two places", () => {
  const { clusters, points } = untangled(
    { clusters: [], points: [point("a", 0, 0), point("b", 4, 0, { count: 3 })] },
    project,
  );
  assert.equal(points.length, 0);
  assert.deepEqual([clusters[0].count, clusters[0].places], [4, 2]);
});

test("the answer itself is left alone", () => {
  const answer = { clusters: [cluster(0, 0, 5), cluster(1, 0, 7)], points: [] };
  const before = structuredClone(answer);
  untangled(answer, project);
  assert.deepEqual(answer, before);
});

test("what stays, goes and comes", () => {
  assert.deepEqual(changes(["a", "b"], ["b", "c"]), { stay: ["b"], leave: ["a"], come: ["c"] });
  assert.notEqual(clusterKey(cluster(1, 1, 2)), clusterKey(cluster(1, 1, 3)));
});
