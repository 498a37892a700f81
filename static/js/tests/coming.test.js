import assert from "node:assert/strict";
import test from "node:test";

import { leafletMap } from "./support/map.js";
import { none, page } from "./support/page.js";

const RING = [
  [44.7, 41.6],
  [44.9, 41.6],
  [44.9, 41.8],
  [44.7, 41.6],
];
const AREA = { kind: "city", extent: { type: "Polygon", coordinates: [RING] } };
const COUNTRY = { kind: "country", extent: null };
const STOP = { id: "s", name: "у вокзала", lon: 44.8, lat: 41.7 };

async function layer(listings) {
  page();
  const { comingLayer } = await import("#map/coming.js");
  return comingLayer(listings);
}

test("areas and stops are drawn once, and cannot be pressed", async () => {
  const drawn = await layer([
    { service_areas: [AREA, COUNTRY], stops: [STOP] },
    { service_areas: [AREA], stops: [STOP] },
  ]);
  const map = await leafletMap(document.createElement("div"));
  drawn.addTo(map);
  const named = [...map.getContainer().querySelectorAll("path[class]")].map((path) => path.getAttribute("class"));
  assert.deepEqual(named.sort(), ["area coming", "stop"]);
  none(map.getContainer().querySelector("path.leaflet-interactive"));
  assert.equal(drawn.getBounds().toBBoxString(), "44.7,41.6,44.9,41.8");
});

test("of a country nothing is drawn, and an old answer has neither", async () => {
  assert.equal(await layer([{ service_areas: [COUNTRY], stops: [] }]), null);
  assert.equal(await layer([{}]), null);
});
