import assert from "node:assert/strict";
import test from "node:test";

import { fire, key, none, same } from "./support/page.js";
import { make, SPOT } from "./support/places.js";
import { cluster, point } from "./support/samples.js";

test("a place opens over the map, with the focus in it, its pin and cards marked", async () => {
  const { root, places, section, selected, marked, layers } = await make();
  places.open(SPOT, root.querySelector("[data-locate]"));
  assert.ok(section().closest(".leaflet-popup"));
  same(document.activeElement, section().querySelector("h3"));
  assert.deepEqual([selected.at(-1), marked.at(-1)], ["p1", ["p1"]]);
  assert.equal(layers.has("place"), true);
});

test("back, Escape and the cross close it, and the focus goes back to where it came from", async () => {
  const made = await make();
  const { root, places, section, settle, back, selected, layers } = made;
  const opener = root.querySelector("[data-locate]");
  const ways = [
    back,
    () => key(root.querySelector("[name=q]"), "Escape"),
    () => section().querySelector("button").click(),
  ];
  for (const close of ways) {
    places.open(SPOT, opener);
    close();
    settle();
    none(section());
    same(document.activeElement, opener);
    assert.equal(selected.at(-1), "");
    assert.equal(layers.size, 0);
  }
});

test("a popup that the map closes takes its step out of the history", async () => {
  const { places, map, settle, layers, section } = await make();
  places.open(SPOT);
  map.closePopup();
  settle();
  none(section());
  assert.equal(layers.size, 0);
});

test("other keys leave a place open, and Escape with none open goes nowhere", async () => {
  const { root, places, section, settle, layers } = await make();
  key(root, "Escape");
  settle();
  assert.equal(layers.size, 0);
  places.open(SPOT);
  key(root, "Enter");
  settle();
  assert.ok(section());
});

test("another place takes the turn of the first: one popup, one step back", async () => {
  const { places, layers, settle } = await make();
  places.open(SPOT);
  places.open({ lat: 42, lon: 45, points: [point("p2", 45, 42)] });
  settle();
  assert.equal(document.querySelectorAll("section").length, 1);
  assert.equal(layers.size, 1);
  assert.equal(places.placeId, "p2");
});

test("on a phone a place opens in the sheet, at its top", async () => {
  const { root, places, sheet, back } = await make({ isNarrow: true, stop: "peek" });
  const selected = root.querySelector("[data-selected]");
  let came = 0;
  selected.scrollIntoView = () => (came += 1);
  places.open(SPOT);
  assert.equal(selected.hidden, false);
  assert.ok(selected.querySelector("section"));
  none(root.querySelector(".leaflet-popup"));
  assert.deepEqual([sheet.stop, came], ["half", 1]);
  back();
  assert.deepEqual([selected.hidden, selected.childElementCount], [true, 0]);
});

test("a card shows its place on the map: close enough, and low under its popup", async () => {
  const { root, went, shown } = await make();
  root.querySelector("[data-show-on-map] i").click();
  assert.deepEqual(went, [[41.7, 44.8, 11, { isLow: true }]]);
  assert.deepEqual(shown[0], {
    lat: 41.7,
    lon: 44.8,
    points: [{ id: "p1", lat: 41.7, lon: 44.8, title: "Дом", family: "law", count: 1 }],
  });
});

test("who looks closer already stays there; on a phone the full list makes room for the map", async () => {
  const { root, places, went, sheet } = await make({ isNarrow: true, stop: "full" });
  places.view.zoom = 13;
  root.querySelector("[data-show-on-map]").click();
  assert.deepEqual(went, [[41.7, 44.8, 13, { isLow: false }]]);
  assert.equal(sheet.stop, "half");
});

test("a card under the hand or the focus answers on the map; one without a point does not", async () => {
  const { root, hovered } = await make();
  fire(root.querySelector('[data-place="p1"] h3'), "mouseover");
  fire(root.querySelector('[data-place="p2"] h3'), "mouseover");
  fire(root.querySelector("[data-show-on-map]"), "focusin");
  fire(root.querySelector("[name=q]"), "focusin");
  const place = { id: "p1", lat: 41.7, lon: 44.8 };
  assert.deepEqual(hovered, [place, null, place, null]);
});

test("a list that was drawn anew marks the open place again, and nothing when none is open", async () => {
  const { places, marked } = await make();
  places.restore();
  assert.deepEqual(marked, []);
  places.open(SPOT);
  const before = marked.length;
  places.restore();
  assert.deepEqual(marked.slice(before), [["p1"]]);
});

test("the answer that fills a popup does not take the focus away", async () => {
  const { places, section } = await make();
  places.open(SPOT);
  section().querySelector("button").focus();
  fire(section(), "filled");
  same(document.activeElement, section().querySelector("button"));
});

test("a cluster that zoom takes apart is zoomed into, and asks nothing", async () => {
  const { places, shown, into } = await make();
  await places.openCluster(cluster(44.8, 41.7, 5, [44.8, 41.7, 44.9, 41.7]), assert.fail);
  await places.openCluster(cluster(44.8, 41.7, 5, [44.8, 41.7, 44.8, 41.8]), assert.fail);
  assert.deepEqual([into, shown], [["44.8,41.7,44.9,41.7", "44.8,41.7,44.8,41.8"], []]);
});

test("where the map may come no closer, all places of a cluster open as a choice", async () => {
  const { places, shown, view } = await make();
  view.isClose = true;
  const points = [point("a", 44.8, 41.7), point("b", 44.9, 41.75), point("beyond", 44.91, 41.7)];
  await places.openCluster(cluster(44.85, 41.72, 5, [44.8, 41.7, 44.9, 41.75]), async () => ({ points }));
  assert.deepEqual(
    shown[0].points.map((one) => one.id),
    ["a", "b"],
  );
});

test("places that no zoom takes apart open as a choice of those on the spot", async () => {
  const { places, shown } = await make();
  const spot = cluster(44.8, 41.7, 2, [44.8, 41.7, 44.8, 41.7]);
  const near = [
    point("a", 44.8, 41.7001),
    point("b", 44.8, 41.7),
    point("east", 44.81, 41.7),
    point("north", 44.8, 41.71),
  ];
  await places.openCluster(spot, async () => ({ points: near }));
  assert.deepEqual(
    shown[0].points.map((one) => one.id),
    ["a", "b"],
  );
  assert.deepEqual([shown[0].lat, shown[0].lon], [41.7, 44.8]);
  await places.openCluster(spot, async () => ({ points: [] }));
  assert.equal(shown.length, 1);
});

test("the place of a link opens where it is, and what is open is told; one without a point opens nowhere", async () => {
  const { places, shown, open, back, layers } = await make();
  const told = { lat: 41.7, lon: 44.8, title: "Дом", family: "law", listings: [{}, {}] };
  places.popups.api = { place: async (id) => (id === "p1" ? told : { ...told, lat: null, lon: null }) };
  await places.show("p1");
  assert.deepEqual(shown[0].points, [{ id: "p1", lat: 41.7, lon: 44.8, title: "Дом", family: "law", count: 2 }]);
  assert.deepEqual([open, layers.has("place")], [["p1"], true]);
  back();
  assert.deepEqual(open, ["p1", ""]);
  await places.show("p2");
  assert.equal(shown.length, 1);
});
