import assert from "node:assert/strict";
import test from "node:test";

import { leafletMap } from "./support/map.js";
import { fire, load, page } from "./support/page.js";

const DARK = "(prefers-color-scheme: dark)";

async function make() {
  const document = page('<div id="map"></div>');
  const L = await import("leaflet");
  // Without a view no tile is drawn: the file of the ground is another side's matter.
  const map = L.map(document.getElementById("map"));
  return {
    document,
    map,
    layers: () => Object.values(map._layers),
    ...(await import("#map/basemap.js")),
    ...(await import("#map/colours.js")),
  };
}

test("an operator's own tiles are drawn as they are, with their attribution, in any colours", async () => {
  const document = page('<div id="map"></div>');
  const map = await leafletMap(document.getElementById("map"));
  const { addBasemap } = await import("#map/basemap.js");
  const { layer } = addBasemap(map, { kind: "xyz", url: "/tiles/{z}/{x}/{y}.png", attribution: "Чьи-то" });
  assert.deepEqual([layer.options.attribution, layer.options.noWrap], ["Чьи-то", true]);
  assert.match(document.querySelector("#map img").src, /\/tiles\/8\/\d+\/\d+\.png$/);
  fire(window.matchMedia(DARK), "change");
  assert.equal(map.hasLayer(layer), true);
});

test("our own ground is one layer, drawn anew when the colours of the page change", async () => {
  const { map, addBasemap, layers } = await make();
  const ground = addBasemap(map, { kind: "own", url: "/world.pmtiles", attribution: "Natural Earth" });
  assert.ok(layers().length === 1 && layers()[0] === ground.layer);
  const first = ground.layer;
  for (let change = 0; change < 2; change += 1) fire(window.matchMedia(DARK), "change");
  assert.equal(layers().length, 1);
  assert.equal(map.hasLayer(first), false);
  assert.ok(layers()[0] === ground.layer);
  assert.equal(layers()[0].options.attribution, "Natural Earth");
});

test("colours are those that the page has now", async () => {
  const { colours } = await make();
  document.documentElement.style.setProperty("--map-water", "#abcdef");
  assert.equal(colours()("water"), "#abcdef");
});

test("a country is an outline and never an area; what is disputed is dashed", async () => {
  const { worldRules: paintRules } = await import("#map/paint.js");
  const { LineSymbolizer, PolygonSymbolizer } = await import("protomaps-leaflet");
  const rules = paintRules((name) => `colour of ${name}`);
  const of = (layer) => rules.find((rule) => rule.dataLayer === layer).symbolizer;
  for (const layer of ["borders", "disputed", "regions"]) assert.ok(of(layer) instanceof LineSymbolizer, layer);
  for (const layer of ["land", "lakes"]) assert.ok(of(layer) instanceof PolygonSymbolizer, layer);
  assert.ok(of("disputed").dash);
  assert.ok(!of("borders").dash);
  const order = rules.map((rule) => rule.dataLayer);
  assert.ok(order.indexOf("land") < order.indexOf("lakes") && order.indexOf("lakes") < order.indexOf("borders"));
});

test("borders grow with the zoom, within bounds", async () => {
  const { worldRules: paintRules } = await import("#map/paint.js");
  const { width } = paintRules((name) => name).find((rule) => rule.dataLayer === "borders").symbolizer;
  assert.deepEqual(
    [0, 3, 5, 7, 20].map((zoom) => width.get(zoom)),
    [1, 1, 1.5, 2, 2],
  );
});

test("small things wait for their zoom, regions end where their lines are too coarse", async () => {
  const { worldRules: paintRules } = await import("#map/paint.js");
  const rules = paintRules((name) => name);
  const { filter } = rules.find((rule) => rule.dataLayer === "rivers");
  const seen = (zoom, props) => filter(zoom, { props });
  assert.deepEqual([seen(4, { min_zoom: 5 }), seen(5, { min_zoom: 5 }), seen(0, {})], [false, true, true]);
  assert.equal(rules.find((rule) => rule.dataLayer === "regions").maxzoom, 9);
  assert.equal(rules.find((rule) => rule.dataLayer === "borders").maxzoom, undefined);
});

test("the ground of operators' forms comes under one map after another", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const config = JSON.stringify({ kind: "xyz", url: "/t/{z}/{x}/{y}.png" });
  const document = page(`<script id="basemap" type="application/json">${config}</script><div></div><div></div>`);
  const L = await import("leaflet");
  const maps = [...document.querySelectorAll("div")].map((element) => L.map(element));
  const drawn = () => maps.map((map) => Object.keys(map._layers).length);
  const turn = () => new Promise((done) => setImmediate(done));
  await load("#admin/ground.js");
  for (const map of maps) window.dispatchEvent(new CustomEvent("map:init", { detail: { map } }));
  await turn();
  assert.deepEqual(drawn(), [1, 0]);
  Object.values(maps[0]._layers)[0].fire("load");
  await turn();
  assert.deepEqual(drawn(), [1, 1]);
});

test("a ground that never comes does not keep the next map waiting for ever", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const config = JSON.stringify({ kind: "xyz", url: "/t/{z}/{x}/{y}.png" });
  const document = page(`<script id="basemap" type="application/json">${config}</script><div></div><div></div>`);
  const L = await import("leaflet");
  const maps = [...document.querySelectorAll("div")].map((element) => L.map(element));
  const turn = () => new Promise((done) => setImmediate(done));
  await load("#admin/ground.js");
  for (const map of maps) window.dispatchEvent(new CustomEvent("map:init", { detail: { map } }));
  await turn();
  context.mock.timers.tick(4000);
  await turn();
  assert.equal(Object.keys(maps[1]._layers).length, 1);
});
