import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";

import { leafletMap } from "./support/map.js";
import { network, refused } from "./support/net.js";
import { none, page } from "./support/page.js";

const SAMPLE = new URL("../../basemap/streets-sample.pmtiles", import.meta.url);
const WORDS = { none: "Нет улиц", sample: "Образец" };
const NEVSKY = { lat: 59.9325, lon: 30.333 };
const TBILISI = { lat: 41.7, lon: 44.8 };

// The shipped sample, given out by ranges as a web server does.
async function serving() {
  const bytes = await readFile(SAMPLE);
  return network((address, { headers } = {}) => {
    if (!String(address).includes("streets-sample")) return refused(404);
    const [, from, to] = /bytes=(\d+)-(\d+)/.exec(new Headers(headers).get("range"));
    const part = bytes.subarray(Number(from), Number(to) + 1);
    return new Response(part, { status: 206, headers: { "content-length": String(part.length), etag: '"one"' } });
  });
}

async function make({ url = "/streets-sample.pmtiles", at = TBILISI, zoom = 8, is_sample = false } = {}) {
  const document = page('<div id="map"></div>');
  const { addBasemap } = await import("#map/basemap.js");
  const { Streets } = await import("#map/streets.js");
  const map = await leafletMap(document.getElementById("map"), { ...at, zoom });
  const streets = url ? { url, attribution: "© OSM", is_sample } : null;
  const config = { kind: "pmtiles", url: "/world.pmtiles", attribution: "Natural Earth", streets, words: WORDS };
  const ground = addBasemap(map, config);
  const layers = [...Object.values(map._layers)];
  ground.layer.remove(); // nothing can be painted here: happy-dom has no canvas
  const told = [];
  const limits = new Streets(map, ground, config, () => told.push("back"));
  const word = () => document.querySelector(".map-word");
  const said = () => (word().hidden ? "" : word().textContent);
  const go = async (point, to) => {
    limits.open();
    map.setView([point.lat, point.lon], to, { animate: false });
    for (let turn = 0; turn < 2; turn += 1) await limits.settle(); // the second one for what the first has limited
  };
  return { map, ground, layers, limits, said, told, go };
}

const quiet = (context) => context.mock.method(console, "error", () => {});

test("the file of streets knows the cities that it holds, and nothing of the others", async (context) => {
  quiet(context);
  await serving();
  const { ground } = await make();
  assert.equal(ground.mayHaveStreets, true);
  for (const zoom of [10, 12, 15, 18]) assert.equal(await ground.hasStreets(NEVSKY, zoom), true, `zoom ${zoom}`);
  for (const zoom of [12, 18]) assert.equal(await ground.hasStreets(TBILISI, zoom), false, `zoom ${zoom}`);
});

test("a file that is not there is no streets, and the world stays", async (context) => {
  quiet(context);
  network(() => refused(404));
  const { ground, layers } = await make({ url: "/gone.pmtiles" });
  assert.equal(await ground.hasStreets(NEVSKY, 16), false);
  assert.deepEqual([layers.length, layers[0] === ground.layer], [1, true]);
});

test("streets are not asked for while the map is too far out to paint them", async () => {
  const calls = await serving();
  const { ground } = await make({ zoom: 4 });
  const { tileCache } = ground.layer.views.get("streets");
  assert.equal((await tileCache.get({ z: 8, x: 149, y: 74 })).size, 0);
  none(calls.find(({ address }) => address.includes("streets")));
  assert.ok((await tileCache.get({ z: 14, x: 9572, y: 4764 })).has("roads"));
});

test("where there are streets the map comes to the doors, elsewhere it stops and says so in one line", async (context) => {
  quiet(context);
  await serving();
  const { map, said, told, go } = await make();
  assert.equal(said(), "");
  await go(NEVSKY, 17);
  assert.deepEqual([map.getZoom(), map.getMaxZoom(), said(), told], [17, 18, "", []]);
  await go(TBILISI, 17);
  assert.deepEqual([map.getZoom(), map.getMaxZoom(), said(), told], [12, 12, "Нет улиц", ["back"]]);
  await go(TBILISI, 9);
  assert.deepEqual([map.getMaxZoom(), said()], [18, ""]);
});

test("a sample says that it is one", async (context) => {
  quiet(context);
  await serving();
  const { said, go } = await make({ is_sample: true });
  await go(NEVSKY, 16);
  assert.equal(said(), "Образец");
});

test("without a file of streets no map goes closer than its coasts can be believed", async (context) => {
  quiet(context);
  network(() => refused(404));
  const { map, limits, said, go } = await make({ url: null });
  await go(NEVSKY, 17);
  assert.deepEqual([map.getZoom(), said(), await limits.closestAt(NEVSKY)], [12, "Нет улиц", 12]);
});

test("whose the ground is, is always said, and never by the library itself", async () => {
  await serving();
  const { ground } = await make();
  assert.equal(ground.layer.options.attribution, "Natural Earth, © OSM");
});

test("nothing of who holds a place is painted from streets, and every rule knows its file", async () => {
  const { worldRules, streetRules, labelRules } = await import("#map/paint.js");
  const colour = (name) => name;
  const streets = [...streetRules(colour), ...labelRules(colour)];
  assert.deepEqual(new Set(worldRules(colour).map((rule) => rule.dataSource)), new Set(["world"]));
  assert.deepEqual(new Set(streets.map((rule) => rule.dataSource)), new Set(["streets"]));
  const painted = new Set(streets.map((rule) => rule.dataLayer));
  assert.deepEqual(painted, new Set(["earth", "landuse", "water", "buildings", "roads"]));
});

test("roads grow with the zoom, edges lie under all of them", async () => {
  const { roadWidth, streetRules } = await import("#map/paint.js");
  assert.deepEqual([8, 10, 12, 14, 16, 18, 20].map(roadWidth([1, 3, 11])), [1, 1, 2, 3, 7, 11, 11]);
  const roads = streetRules((name) => name).filter((rule) => rule.dataLayer === "roads");
  const inks = roads.map(({ symbolizer }) => symbolizer.color.get(15));
  assert.ok(inks.lastIndexOf("road-edge") < inks.indexOf("road"));
});
