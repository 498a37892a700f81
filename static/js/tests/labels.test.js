import assert from "node:assert/strict";
import test from "node:test";

import { leafletMap } from "./support/map.js";
import { network, ok, refused } from "./support/net.js";
import { fire, none, page } from "./support/page.js";

page();
const { Labels, addLabels, candidates, overlaps, positions } = await import("#map/labels.js");

const label = (name, lat, lon, more = {}) => ({ name: { ru: name }, lat, lon, min_zoom: 3, population: 1000, ...more });
const DATA = {
  countries: [label("Грузия", 42.2, 43.5)],
  places: [
    label("Тбилиси", 41.7, 44.8, { name: { ru: "Тбилиси", en: "Tbilisi" } }),
    label("Батуми", 41.6, 41.6, { min_zoom: 6 }),
  ],
};

test("boxes meet where they share a piece, and not where they touch", () => {
  const box = [0, 0, 10, 10];
  assert.equal(overlaps(box, [9, 9, 20, 20]), true);
  assert.equal(overlaps(box, [2, 2, 3, 3]), true);
  for (const other of [
    [10, 0, 20, 10],
    [0, 10, 10, 20],
    [-10, 0, 0, 10],
    [0, -10, 10, 0],
    [20, 2, 30, 8],
  ]) {
    assert.equal(overlaps(box, other), false);
  }
});

test("countries come first and give way to towns when close; small places wait for their zoom", () => {
  const names = (zoom, contains = () => true) => candidates(DATA, zoom, contains).map((one) => one.name.ru);
  assert.deepEqual(names(2), []);
  assert.deepEqual(names(3), ["Грузия", "Тбилиси"]);
  assert.deepEqual(names(6), ["Грузия", "Тбилиси", "Батуми"]);
  assert.deepEqual(names(7), ["Тбилиси", "Батуми"]);
  assert.deepEqual(
    names(6, ({ lon }) => lon > 44),
    ["Тбилиси"],
  );
});

const middle = ([left, top, right, bottom]) => [(left + right) / 2, (top + bottom) / 2];

test("a country is written over its middle, a town under its dot, else above, right, left", () => {
  const at = { x: 100, y: 100 };
  assert.deepEqual(middle(positions({ isCountry: true }, at, 60)[0]), [100, 100]);
  const [below, above, right, left] = positions({}, at, 60).map(middle);
  assert.ok(below[1] > 100 && below[0] === 100);
  assert.ok(above[1] < 100 && above[0] === 100);
  assert.ok(right[0] > 130 && left[0] < 70);
  assert.deepEqual([right[1], left[1]], [100, 100]);
  const [, lower, higher] = positions({ isCountry: true }, at, 60).map(middle);
  assert.ok(lower[1] > 110 && higher[1] < 90);
});

test("a name whose dot is under a mark stands beside the mark, never under it", () => {
  const cover = [80, 60, 120, 110];
  const found = positions({}, { x: 100, y: 100 }, 60, cover);
  assert.equal(found.length, 4);
  for (const box of found) assert.equal(overlaps(box, cover), false);
  const [, right, left, above] = found.map(middle);
  assert.ok(right[0] > 120 && left[0] < 80);
  assert.deepEqual([right[1], left[1]], [100, 100]);
  assert.ok(above[1] < 60 && above[0] === 100);
});

// A canvas that notes what is written and where the dots are.
function paper() {
  const [written, dots] = [[], []];
  const context = {
    scale: () => {},
    measureText: (text) => ({ width: text.length * 7 }),
    strokeText: () => {},
    fillText: (text, x, y) => written.push({ text, x, y }),
    beginPath: () => {},
    arc: (x, y) => dots.push([x, y]),
    stroke: () => {},
    fill: () => {},
  };
  window.HTMLCanvasElement.prototype.getContext = () => context;
  const fresh = () => {
    written.length = 0;
    dots.length = 0;
  };
  return { written, dots, fresh, names: () => written.map((one) => one.text) };
}

async function drawn({ language = "ru", data = DATA, zoom = 6 } = {}) {
  const document = page('<div id="map"></div>');
  const map = await leafletMap(document.getElementById("map"), { lat: 42, lon: 43.5, zoom });
  const sheet = paper();
  const labels = new Labels(data, language).addTo(map);
  return { document, map, labels, ...sheet };
}

test("names are written in the language of the page, in Russian where it has none", async () => {
  const { names, dots } = await drawn({ language: "en" });
  assert.deepEqual(names(), ["Грузия", "Tbilisi", "Батуми"]);
  assert.equal(dots.length, 2);
});

test("a name stands under its dot, and its dot where the place is", async () => {
  const { document, map, labels, written, dots } = await drawn({ data: { countries: [], places: [DATA.places[0]] } });
  const { x, y } = map.latLngToLayerPoint([41.7, 44.8]).subtract(labels.origin);
  assert.deepEqual(dots, [[x, y]]);
  assert.deepEqual([written[0].x, written[0].y], [x, y + 5]);
  const { width, height } = document.querySelector("canvas").style;
  assert.deepEqual([width, height], ["1334px", "1000px"]);
});

test("names that would meet are not both written: the more important one stays", async () => {
  const crowd = Array.from({ length: 9 }, (_one, at) => label(`Город-сосед ${at}`, 41.7, 44.8));
  const { names } = await drawn({ data: { countries: [], places: crowd } });
  assert.ok(names().length < 9);
  assert.equal(names()[0], "Город-сосед 0");
});

test("marks are given room: a covered town is written under its mark, else beside it, without a dot", async () => {
  const { map, labels, written, dots, fresh } = await drawn({ data: { countries: [], places: [DATA.places[0]] } });
  const { x, y } = map.latLngToLayerPoint([41.7, 44.8]);
  const at = { x: x - labels.origin.x, y: y - labels.origin.y };
  const mark = [x - 18, y - 43, x + 18, y + 8];
  fresh();
  labels.avoid([mark]);
  assert.deepEqual([written[0].x, written[0].y], [at.x, at.y + 11]);
  fresh();
  labels.avoid([mark, [x - 9, y + 12, x + 9, y + 30]]);
  assert.equal(written.length, 1);
  assert.ok(written[0].x > at.x + 18 && written[0].y < at.y);
  assert.equal(dots.length, 0);
});

test("the names move with the map and hide while it zooms", async () => {
  const { document, map, names, fresh } = await drawn();
  const canvas = document.querySelector("canvas.map-labels");
  map.fire("zoomanim");
  assert.equal(canvas.style.visibility, "hidden");
  fresh();
  map.setView([44.8, 60], 6, { animate: false });
  assert.deepEqual(names(), []);
  assert.equal(canvas.style.visibility, "");
  map.setView([42, 43.5], 6, { animate: false });
  assert.ok(names().includes("Тбилиси"));
});

test("the names are drawn anew in other colours, until the layer goes", async () => {
  const { document, map, labels, names, fresh } = await drawn();
  const scheme = window.matchMedia("(prefers-color-scheme: dark)");
  fresh();
  fire(scheme, "change");
  assert.equal(names().length, 3);
  labels.remove();
  fresh();
  fire(scheme, "change");
  map.fire("moveend");
  assert.deepEqual(names(), []);
  none(document.querySelector("canvas"));
});

test("the map works without the names", async () => {
  const document = page('<div id="map"></div>');
  const map = await leafletMap(document.getElementById("map"));
  paper();
  network(() => refused(404));
  assert.equal(await addLabels(map, "/labels.json", "ru"), null);
  network(() => Promise.reject(new TypeError("Failed to fetch")));
  assert.equal(await addLabels(map, "/labels.json", "ru"), null);
  const calls = network(() => ok(DATA));
  const labels = await addLabels(map, "/labels.json", "ru");
  assert.equal(map.hasLayer(labels), true);
  assert.equal(calls[0].address, "/labels.json");
});
