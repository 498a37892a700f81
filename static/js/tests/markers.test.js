import assert from "node:assert/strict";
import test from "node:test";

import { withMarks } from "./support/markers.js";
import { fire, key, none, same } from "./support/page.js";
import { cluster, HOSTILE, point } from "./support/samples.js";

const A = point("a", 44, 41);
const B = point("b", 46, 42);
const NAME_A = "pin Место a Здоровье place_services 1";

test("every mark has a name of its own, and what it shows is silent", async () => {
  const { show, spots } = await withMarks();
  show({ points: [A, { ...B, stale: true, family: "law", count: 3 }], clusters: [cluster(48, 44, 12)] });
  const labels = spots().map((spot) => spot.getAttribute("aria-label"));
  assert.deepEqual(labels.sort(), ["cluster 12 Здоровье 12", NAME_A, "pin_stale Место b Право place_services 3"]);
  for (const spot of spots()) assert.equal(spot.firstElementChild.getAttribute("aria-hidden"), "true");
});

test("a pin carries its family's pictogram, and the number of its services when there are several", async () => {
  const { show, named } = await withMarks();
  show({ points: [A, { ...B, count: 3 }] });
  assert.equal(named(NAME_A).querySelector("use").getAttribute("href"), "#icon-family-health");
  none(named(NAME_A).querySelector(".pin-count"));
  assert.equal(named("pin Место b Здоровье place_services 3").querySelector(".pin-count").textContent, "3");
});

test("a title stays text on the map", async () => {
  const { document, show, named } = await withMarks();
  show({ points: [{ ...A, title: HOSTILE, family: "unheard" }] });
  assert.ok(named(`pin ${HOSTILE}  place_services 1`));
  none(document.querySelector("img"));
});

test("marks stand where their places are", async () => {
  const { map, show, markers } = await withMarks();
  show({ points: [A] });
  const [[left, top, right, bottom]] = markers.boxes();
  const tip = map.latLngToLayerPoint([41, 44]);
  assert.deepEqual([left, top, right, bottom], [tip.x - 18, tip.y - 43, tip.x + 18, tip.y + 1]);
  show({ clusters: [cluster(44, 41, 150)] });
  assert.deepEqual(markers.boxes(), [[tip.x - 25, tip.y - 25, tip.x + 25, tip.y + 25]]);
});

test("what the marks cover is told with every answer", async () => {
  const { on, show } = await withMarks();
  const drawn = [];
  on.drawn = (boxes) => drawn.push(boxes.length);
  show({ points: [A, B] });
  show({ points: [] });
  assert.deepEqual(drawn, [2, 0]);
});

test("a mark that is in the next answer too stays in the page, with its focus", async () => {
  const { document, show, named, spots } = await withMarks();
  show({ points: [A, B] });
  const stays = named(NAME_A);
  stays.focus();
  show({ points: [A], clusters: [cluster(48, 44, 3)] });
  same(named(NAME_A), stays);
  same(document.activeElement, stays);
  assert.equal(spots().length, 2);
});

test("when the mark with the focus goes, the map gets the focus; that of others is left alone", async () => {
  const { document, map, show, named } = await withMarks();
  show({ points: [A] });
  named(NAME_A).focus();
  show({ points: [B] });
  same(document.activeElement, map.getContainer());
  document.getElementById("other").focus();
  show({ points: [] });
  assert.equal(document.activeElement.id, "other");
});

test("places that hide each other are one mark from afar, and each its own in the streets", async () => {
  const points = [point("a", 44.8, 41.7), point("b", 44.8003, 41.7)];
  const far = await withMarks();
  far.show({ points });
  assert.deepEqual(
    far.spots().map((spot) => spot.getAttribute("aria-label")),
    ["cluster 2 Здоровье 2"],
  );
  const close = await withMarks({ zoom: 15 });
  close.show({ points });
  assert.equal(close.spots().length, 2);
});

test("several places on one spot are one mark that says so", async () => {
  const { show, named, said } = await withMarks({ zoom: 15 });
  show({ points: [point("a", 44.8, 41.7), point("b", 44.8, 41.7, { count: 2 })] });
  const spot = named("services_at_point 3");
  assert.equal(spot.textContent, "3");
  fire(spot, "mouseenter");
  assert.deepEqual(said, [["hover", ["a", "b"]]]);
});

test("a press, Enter and the space bar open a place; other keys do not", async () => {
  const { show, named, said } = await withMarks();
  show({ points: [A] });
  const spot = named(NAME_A);
  spot.click();
  assert.equal(key(spot, "Enter").defaultPrevented, true);
  key(spot, " ");
  key(spot, "a");
  assert.deepEqual(
    said.filter(([name]) => name === "place").map(([, { points }]) => points[0].id),
    ["a", "a", "a"],
  );
});

test("Enter on a mark does not reach the keys of the map", async () => {
  const { map, show, named } = await withMarks();
  show({ points: [A] });
  let heard = 0;
  map.getContainer().addEventListener("keydown", () => (heard += 1));
  key(named(NAME_A), "Enter");
  assert.equal(heard, 0);
  key(named(NAME_A), "ArrowUp");
  assert.equal(heard, 1);
});

test("a cluster opens as a cluster", async () => {
  const { show, named, said } = await withMarks();
  const asked = cluster(48, 44, 12);
  show({ clusters: [asked] });
  key(named("cluster 12 Здоровье 12"), "Enter");
  assert.deepEqual(
    said.map(([name, { bbox }]) => [name, bbox]),
    [["cluster", asked.bbox]],
  );
});

test("hover and focus tell which cards answer, and leaving tells that none do", async () => {
  const { show, named, said } = await withMarks();
  show({ points: [A] });
  for (const name of ["mouseenter", "mouseleave", "focus", "blur"]) fire(named(NAME_A), name);
  assert.deepEqual(said, [
    ["hover", ["a"]],
    ["hover", []],
    ["hover", ["a"]],
    ["hover", []],
  ]);
});

const classes = (spot) => ["is-selected", "is-hovered"].filter((name) => spot.classList.contains(name));

test("the selected place stands out and above, until another is, also when it comes later", async () => {
  const { markers, show, named } = await withMarks();
  show({ points: [B] });
  markers.select("a");
  show({ points: [A, B] });
  assert.deepEqual(classes(named(NAME_A)), ["is-selected"]);
  assert.ok(Number(named(NAME_A).style.zIndex) >= 1000);
  markers.select("");
  assert.deepEqual(classes(named(NAME_A)), []);
  assert.ok(Number(named(NAME_A).style.zIndex) < 1000);
});

test("a card's place answers on the map: its pin, or the cluster that holds it", async () => {
  const { markers, show, named } = await withMarks();
  show({ points: [A], clusters: [cluster(48, 44, 12, [47, 43, 49, 44.5])] });
  markers.hover({ id: "a", lat: 41, lon: 44 });
  assert.deepEqual([classes(named(NAME_A)), classes(named("cluster 12 Здоровье 12"))], [["is-hovered"], []]);
  markers.hover({ id: "z", lat: 44.4, lon: 47.2 });
  assert.deepEqual([classes(named(NAME_A)), classes(named("cluster 12 Здоровье 12"))], [[], ["is-hovered"]]);
  for (const [lat, lon] of [
    [45, 48],
    [42, 48],
    [44, 46],
    [44, 50],
  ]) {
    markers.hover({ id: "z", lat, lon });
    assert.deepEqual(classes(named("cluster 12 Здоровье 12")), []);
  }
  markers.hover(null);
  assert.deepEqual(classes(named("cluster 12 Здоровье 12")), []);
});
