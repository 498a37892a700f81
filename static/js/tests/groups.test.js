import assert from "node:assert/strict";
import test from "node:test";

import { changes, clusterKey, clusterSize, spots, untangled } from "#map/groups.js";

const point = (id, lon, lat, more = {}) => ({ id, lon, lat, count: 1, by_family: { health: 1 }, ...more });
const cluster = (lon, lat, count, places = 2) => ({
  lon,
  lat,
  count,
  by_family: { law: count },
  places,
  bbox: [lon, lat, lon, lat],
});
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

test("a group keeps the place of its largest mark, and its box holds all that joined", () => {
  const answer = { clusters: [cluster(0, 0, 2), cluster(6, 4, 9), cluster(-5, -3, 3)], points: [] };
  const [joined] = untangled(answer, project).clusters;
  assert.deepEqual([joined.lon, joined.lat, joined.count], [6, 4, 14]);
  assert.deepEqual(joined.bbox, [-5, -3, 6, 4]);
});

test("marks are apart in both directions of the screen", () => {
  const apart = (lon, lat) => untangled({ clusters: [cluster(0, 0, 5), cluster(lon, lat, 5)], points: [] }, project);
  for (const [lon, lat] of [
    [100, 0],
    [0, 100],
  ]) {
    assert.equal(apart(lon, lat).clusters.length, 2);
  }
  assert.equal(apart(0, 10).clusters.length, 1);
  assert.equal(apart(31, 0).clusters.length, 2);
});

test("a pin in a cluster counts with the place where it stands", () => {
  const { clusters } = untangled({ clusters: [], points: [point("a", 1, 2), point("b", 5, 7)] }, project);
  assert.deepEqual(clusters[0].bbox, [1, 2, 5, 7]);
});

test("a group that grew hides what its members alone would not", () => {
  const crowd = [cluster(0, 0, 60), cluster(20, 0, 50), cluster(35, 0, 5)];
  assert.equal(untangled({ clusters: crowd, points: [] }, project).clusters.length, 1);
  assert.equal(untangled({ clusters: [crowd[0], crowd[2]], points: [] }, project).clusters.length, 2);
});

test("marks grow in three steps", () => {
  assert.deepEqual([1, 9, 10, 99, 100, 5000].map(clusterSize), [36, 36, 42, 42, 50, 50]);
});

test("spots tell places apart to about ten metres, north as well as east", () => {
  const found = (lon, lat) => spots([point("a", 44.8, 41.7), point("b", lon, lat)]).length;
  assert.deepEqual([found(44.8, 41.7002), found(44.8002, 41.7), found(44.80001, 41.70001)], [2, 2, 1]);
});

test("a place of which other services fit now is another mark", () => {
  const key = (more) => spots([point("a", 44, 41, more)])[0].key;
  assert.equal(key({}), key({ title: "x" }));
  const changed = [{ count: 2 }, { family: "law" }, { stale: true }];
  assert.equal(new Set([key({}), ...changed.map(key)]).size, 4);
});
