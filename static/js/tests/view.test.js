import assert from "node:assert/strict";
import test from "node:test";

import { sized } from "./support/map.js";
import { network, refused } from "./support/net.js";
import { fire, key, none, page } from "./support/page.js";
import { HOSTILE, t } from "./support/samples.js";

const CONFIG = { basemap: { kind: "xyz", url: "/tiles/{z}/{x}/{y}.png" }, labels_url: "/labels.json", lang: "ru" };

// A map of 800 × 600 pixels; nothing moves slowly, so that a test sees where it ends.
async function make({ covered = [0, 0, 0, 0], initial, answers } = {}) {
  const document = page('<div id="map"></div>', { answers: answers ?? { "(prefers-reduced-motion: reduce)": true } });
  network(() => refused(404));
  const module = { ...(await import("#map/view.js")), ...(await import("#map/bounds.js")) };
  const element = sized(document.getElementById("map"));
  const view = new module.View(element, { ...CONFIG, initial }, { t, padding: () => covered });
  return { view, element, ...module };
}

const near = (value, wanted, by = 0.02) => assert.ok(Math.abs(value - wanted) < by, `${value} is not about ${wanted}`);

test("a map has a name and takes keys for itself", async () => {
  const { element } = await make();
  assert.equal(element.getAttribute("role"), "application");
  assert.equal(element.getAttribute("aria-label"), "map");
});

test("it looks where the address says, or at the whole of its region", async () => {
  const { view } = await make({ initial: { bbox: [43, 41, 46, 43] } });
  view.show({ lat: 41.7, lon: 44.8, zoom: 9.5 });
  assert.deepEqual(view.where(), { lat: 41.7, lon: 44.8, zoom: 9.5 });
  view.show(null);
  near(view.where().lon, 44.5, 0.1);
  near(view.where().lat, 42, 0.1);
  const [west, south, east, north] = view.bbox();
  assert.ok(west <= 43 && south <= 41 && east >= 46 && north >= 43);
});

test("what lies under the sheet is not seen: the box ends above it", async () => {
  const whole = await make();
  whole.view.show({ lat: 41.7, lon: 44.8, zoom: 8 });
  const covered = await make({ covered: [100, 50, 200, 150] });
  covered.view.show({ lat: 41.7, lon: 44.8, zoom: 8 });
  const [west, south, east, north] = whole.view.bbox();
  const inner = covered.view.bbox();
  const [width, height] = [east - west, north - south];
  near(inner[0], west + (width * 150) / 800);
  near(inner[1], south + (height * 200) / 600);
  near(inner[2], east - (width * 50) / 800);
  near(inner[3], north - (height * 100) / 600);
});

test("a box ends at the poles, and goes on around the globe as the map does", async () => {
  const { view } = await make();
  view.map.setMaxBounds(null).setMinZoom(0);
  view.show({ lat: 0, lon: 187, zoom: 0 });
  const [west, south, east, north] = view.bbox().map(Math.round);
  assert.deepEqual([south, north, east - west > 360], [-90, 90, true]);
  assert.equal(Math.round(view.where().lon), -173);
});

test("a fit keeps the edges free, and goes no closer than a city", async () => {
  const { view, boundsOf } = await make({ covered: [0, 0, 300, 0] });
  view.show({ lat: 0, lon: 0, zoom: 3 });
  view.fit(boundsOf([44, 41, 45, 42]));
  const { y } = view.map.latLngToContainerPoint([41, 44.5]);
  assert.ok(y <= 600 - 300 - 40 + 1, `the southern edge lies at ${y}`);
  view.fit(boundsOf([44.8, 41.7, 44.8001, 41.7001]));
  assert.equal(view.zoom, 12);
});

test("going somewhere puts it into the middle of what is free", async () => {
  const { view } = await make({ covered: [100, 0, 300, 0] });
  view.show({ lat: 0, lon: 0, zoom: 5 });
  view.goTo(41.7, 44.8, 9);
  const at = view.map.latLngToContainerPoint([41.7, 44.8]);
  near(at.x, 400, 2);
  near(at.y, 200, 2);
  assert.equal(view.zoom, 9);
  view.goTo(42, 45);
  assert.equal(view.zoom, 9);
});

test("a place with a popup stands low, so that the popup has room", async () => {
  const { view } = await make();
  view.show({ lat: 0, lon: 0, zoom: 9 });
  view.goTo(41.7, 44.8, 9, { isLow: true });
  near(view.map.latLngToContainerPoint([41.7, 44.8]).y, 300 + 0.28 * 600, 2);
});

test("into a cluster goes closer in any case, to the middle of it, and no deeper than the streets", async () => {
  const { view, boundsOf } = await make();
  view.show({ lat: 0, lon: 0, zoom: 5 });
  assert.equal(await view.into(boundsOf([43, 40, 46, 43])), true);
  assert.ok(view.zoom >= 6.5);
  near(view.where().lon, 44.5, 0.1);
  near(view.where().lat, 41.5, 0.1);
  await view.into(boundsOf([44.8, 41.7, 44.8, 41.7]));
  assert.equal(view.zoom, 16);
  assert.equal(await view.into(boundsOf([44.8, 41.7, 44.8, 41.7])), false);
});

// What the map tells after it has come to rest.
async function restingAfter(context, act) {
  const { view, element } = await make();
  view.show({ lat: 41.7, lon: 44.8, zoom: 8 });
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const told = [];
  view.onMove((isVisitors) => told.push(isVisitors));
  act(view, element);
  context.mock.timers.tick(219);
  assert.deepEqual(told, []);
  context.mock.timers.tick(1);
  context.mock.timers.reset();
  return told;
}

test("moves of ours are not the visitor's", async (context) => {
  assert.deepEqual(await restingAfter(context, (view) => view.goTo(42, 45, 9)), [false]);
});

test("a quick series of moves is told once", async (context) => {
  const series = (view) => [42, 43, 44].map((lat) => view.goTo(lat, 45, 9));
  assert.deepEqual(await restingAfter(context, series), [false]);
});

test("hands, wheels, keys, two fingers and the buttons are the visitor's", async (context) => {
  const hands = [
    (_view, element) => fire(element, "wheel"),
    (_view, element) => key(element, "ArrowUp"),
    (_view, element) => fire(element, "dblclick"),
    (_view, element) => fire(element, "touchstart", { touches: [1, 2] }),
    (view) => view.map.fire("dragstart"),
  ];
  const move = (act) => (view, element) => {
    act(view, element);
    view.map.fire("moveend");
  };
  for (const act of hands) assert.deepEqual(await restingAfter(context, move(act)), [true]);
  assert.deepEqual(await restingAfter(context, (view) => view.zoomBy(1)), [true]);
  assert.deepEqual(await restingAfter(context, (view) => view.pan(1, 0)), [true]);
  const touch = (_view, element) => fire(element, "touchstart", { touches: [1] });
  assert.deepEqual(await restingAfter(context, move(touch)), [false]);
});

test("what the visitor did counts for one rest only", async (context) => {
  const { view } = await make();
  view.show({ lat: 41.7, lon: 44.8, zoom: 8 });
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const told = [];
  view.onMove((isVisitors) => told.push(isVisitors));
  view.zoomBy(1);
  context.mock.timers.tick(300);
  view.goTo(42, 45, 9);
  context.mock.timers.tick(300);
  assert.deepEqual(told, [true, false]);
});

test("buttons zoom by a step and move by a third of the view, east and south", async () => {
  const { view } = await make();
  view.show({ lat: 41.7, lon: 44.8, zoom: 8 });
  view.zoomBy(-1);
  assert.equal(view.zoom, 7);
  const before = view.map.latLngToContainerPoint([41.7, 44.8]);
  view.pan(1, 0);
  const after = view.map.latLngToContainerPoint([41.7, 44.8]);
  near(before.x - after.x, 280, 2);
  view.pan(0, 1);
  assert.ok(view.where().lat < 41.7);
});

test("the visitor's position is one mark, never in the way, its name is text", async () => {
  const { view } = await make();
  view.show({ lat: 41.7, lon: 44.8, zoom: 8 });
  view.markPosition({ lat: 41.7, lon: 44.8 }, "x");
  const first = view.position;
  view.markPosition({ lat: 42, lon: 45 }, HOSTILE);
  assert.equal(view.map.hasLayer(first), false);
  assert.deepEqual([view.position.getLatLng().lat, view.position.getLatLng().lng], [42, 45]);
  view.position.openTooltip();
  assert.equal(document.querySelector(".leaflet-tooltip").textContent, HOSTILE);
  none(document.querySelector(".leaflet-tooltip img"));
  view.markPosition(null, "");
  none(view.position);
});

test("who wants stillness gets it", async () => {
  const still = await make();
  assert.deepEqual(
    [still.isStill(), still.view.map.options.zoomAnimation, still.view.map.options.inertia],
    [true, false, false],
  );
  const lively = await make({ answers: {} });
  assert.deepEqual([lively.isStill(), lively.view.map.options.inertia], [false, true]);
});
