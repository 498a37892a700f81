import assert from "node:assert/strict";
import test from "node:test";

import { leafletMap } from "./support/map.js";
import { network, refused } from "./support/net.js";
import { fire, key, page } from "./support/page.js";

async function make({ lat = "", lon = "", zoom = 8 } = {}) {
  const document = page(
    `<form><input name="lat" value="${lat}"><input name="lon" value="${lon}"></form><div id="map"></div>`,
  );
  const { Pin } = await import("#forms/pin.js");
  const map = await leafletMap(document.getElementById("map"), { zoom });
  const [latField, lonField] = document.querySelectorAll("input");
  const [said, told] = [[], []];
  document.querySelector("form").addEventListener("input", ({ target }) => told.push(target.name));
  const say = (...where) => said.push(where);
  const pin = new Pin(map, { lat: latField, lon: lonField, title: "Метка", family: "health", say });
  const where = () => {
    const { lat: north, lng: east } = pin.marker.getLatLng();
    return [Number(north.toFixed(4)), Number(east.toFixed(4))];
  };
  const write = (north, east) => {
    Object.assign(latField, { value: north });
    Object.assign(lonField, { value: east });
    fire(latField, "change");
  };
  const centre = () => [map.getCenter().lat, map.getCenter().lng].map((value) => Math.round(value * 10) / 10);
  return { map, pin, where, write, said, told, centre, isShown: () => map.hasLayer(pin.marker), latField, lonField };
}

test("a new place has no pin; one with coordinates has it, and the map looks at it", async () => {
  const empty = await make();
  assert.deepEqual([empty.pin.isSet, empty.isShown()], [false, false]);
  const set = await make({ lat: "55.7", lon: "37.6", zoom: 4 });
  assert.deepEqual([set.pin.isSet, set.isShown(), set.where()], [true, true, [55.7, 37.6]]);
  assert.deepEqual([set.centre(), set.map.getZoom()], [[55.7, 37.6], 11]);
});

test("the pin follows the fields, however people write numbers", async () => {
  const { write, where, isShown } = await make();
  write("41,7", "44.8");
  assert.deepEqual([isShown(), where()], [true, [41.7, 44.8]]);
  write("−12,5", "−77");
  assert.deepEqual(where(), [-12.5, -77]);
});

test("zero is a coordinate, half a pair is none", async () => {
  const { write, isShown, pin } = await make();
  write("0", "0");
  assert.equal(isShown(), true);
  write("0", "");
  assert.deepEqual([isShown(), pin.isSet], [false, false]);
});

test("what lies off the globe does not move the pin", async () => {
  const { write, where } = await make();
  write("41.7", "44.8");
  write("91", "44.8");
  write("41.7", "181");
  assert.deepEqual(where(), [41.7, 44.8]);
  write("-90", "180");
  assert.deepEqual(where(), [-90, 180]);
});

test("the map goes along when the pin leaves it, and stays where it is otherwise", async () => {
  const { write, centre } = await make();
  write("41.8", "44.9");
  assert.deepEqual(centre(), [41.7, 44.8]);
  write("55.7", "37.6");
  assert.deepEqual(centre(), [55.7, 37.6]);
});

test("a dragged pin writes the fields, says where it stands, and the form hears of it", async () => {
  const { pin, latField, lonField, said, told } = await make({ lat: "41.7", lon: "44.8" });
  pin.marker.setLatLng([42.1234567, 45.7654321]);
  pin.marker.fire("dragend");
  assert.deepEqual([latField.value, lonField.value], ["42.123457", "45.765432"]);
  assert.deepEqual(said, [[42.1234567, 45.7654321]]);
  assert.deepEqual(told, ["lat"]);
});

test("clearing takes the pin off and tells the form", async () => {
  const { pin, latField, lonField, told, isShown } = await make({ lat: "41.7", lon: "44.8" });
  pin.clear();
  assert.deepEqual([latField.value, lonField.value, isShown(), told], ["", "", false, ["lat"]]);
});

test("arrows move the pin by a little, with Shift by much, and the map does not scroll", async () => {
  const { map, pin } = await make({ lat: "41.7", lon: "44.8" });
  let heard = 0;
  map.getContainer().addEventListener("keydown", () => (heard += 1));
  const moved = (name, more) => {
    const before = map.latLngToContainerPoint(pin.marker.getLatLng());
    assert.equal(key(pin.marker.getElement(), name, more).defaultPrevented, true);
    const after = map.latLngToContainerPoint(pin.marker.getLatLng());
    return [Math.round(after.x - before.x), Math.round(after.y - before.y)];
  };
  assert.deepEqual(moved("ArrowUp"), [0, -6]);
  assert.deepEqual(moved("ArrowDown"), [0, 6]);
  assert.deepEqual(moved("ArrowLeft"), [-6, 0]);
  assert.deepEqual(moved("ArrowRight", { shiftKey: true }), [40, 0]);
  assert.equal(heard, 0);
  assert.equal(key(pin.marker.getElement(), "a").defaultPrevented, false);
});

test("a pin that walks towards the edge takes the map along", async () => {
  const { map, pin, write, centre } = await make();
  write("41.7", "44.8");
  const start = centre();
  pin.write(map.containerPointToLatLng([60, 300]));
  key(pin.marker.getElement(), "ArrowLeft", { shiftKey: true });
  assert.notDeepEqual(centre(), start);
});

test("the map of the form begins at the city, or wide", async () => {
  const document = page('<div id="map"></div>');
  network(() => refused(404));
  const { makeMap } = await import("#forms/pin.js");
  const config = { basemap: { kind: "xyz", url: "/t/{z}/{x}/{y}" }, labels_url: "/labels.json", lang: "ru" };
  const atCity = makeMap(document.getElementById("map"), { ...config, city: [41.7, 44.8] });
  assert.deepEqual([atCity.getCenter().lat, atCity.getCenter().lng, atCity.getZoom()], [41.7, 44.8, 10]);
  atCity.remove();
  const wide = makeMap(document.getElementById("map"), { ...config, city: null });
  assert.ok(wide.getZoom() < 6);
});
