import assert from "node:assert/strict";
import test from "node:test";

import { sized } from "./support/map.js";
import { network, refused } from "./support/net.js";
import { load, none, page } from "./support/page.js";

const CONFIG = {
  basemap: { kind: "xyz", url: "/t/{z}/{x}/{y}.png" },
  labels_url: "/labels.json",
  lang: "ru",
  families: [{ code: "health" }],
  texts: { small_map: "Карта места" },
};

async function open({ precision, family = "health" }) {
  network(() => refused(404));
  const place = `data-lat="41.7" data-lon="44.8" data-family="${family}" data-precision="${precision}"`;
  const json = `<script id="map-config" type="application/json">${JSON.stringify(CONFIG)}</script>`;
  const document = page(`<div data-mini-map ${place}></div>${json}`);
  const element = sized(document.querySelector("[data-mini-map]"), 320, 200);
  await load("#map/mini.js");
  return element;
}

const tileZoom = (element) => Number(/\/t\/(\d+)\//.exec(element.querySelector("img").src)[1]);
const area = (element) => element.querySelector("path.area");

test("a place whose address is public has a pin and no area, and its street where there is a map of it", async () => {
  const element = await open({ precision: "exact" });
  assert.equal(element.querySelector(".spot-pin use").getAttribute("href"), "#icon-family-health");
  none(area(element));
  assert.equal(tileZoom(element), 16);
});

test("what is hidden is an area: of a district, of a settlement, and no closer than that", async () => {
  const district = await open({ precision: "district" });
  assert.ok(area(district));
  assert.equal(tileZoom(district), 8);
  const settlement = await open({ precision: "settlement" });
  assert.ok(area(settlement));
  assert.equal(tileZoom(settlement), 7);
});

test("a precision that is not known is taken for the coarsest", async () => {
  assert.equal(tileZoom(await open({ precision: "unheard" })), 7);
});

test("the small map is a picture with a name, and holds nothing to press", async () => {
  const element = await open({ precision: "exact", family: "" });
  assert.equal(element.getAttribute("role"), "group");
  assert.equal(element.getAttribute("aria-label"), "Карта места");
  none(element.querySelector("use"));
  none(element.querySelector(".leaflet-control-zoom"));
  none(element.querySelector(".leaflet-interactive"));
});
