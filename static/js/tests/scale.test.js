import assert from "node:assert/strict";
import test from "node:test";

import { sized } from "./support/map.js";
import { network, refused } from "./support/net.js";
import { page } from "./support/page.js";
import { t } from "./support/samples.js";

test("the scale speaks the language of the page", async () => {
  const document = page('<div id="map"></div>');
  network(() => refused(404));
  const { View } = await import("#map/view.js");
  const element = sized(document.getElementById("map"));
  const view = new View(element, { basemap: { kind: "xyz", url: "/t/{z}/{x}/{y}.png" }, labels_url: "/l.json" }, { t });
  const scale = () => element.querySelector(".leaflet-control-scale").textContent;
  view.show({ lat: 41.7, lon: 44.8, zoom: 5 });
  assert.match(scale(), /^kilometres \d+$/);
  view.show({ lat: 41.7, lon: 44.8, zoom: 15 });
  assert.match(scale(), /^metres \d+$/);
});
