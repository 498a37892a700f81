// Hours and contacts of what comes to people: where it comes, and the map of its stops.

import { installArea } from "#forms/area.js";
import { installDrawing } from "#forms/drawing.js";
import { installStops } from "#forms/stops.js";

const form = document.querySelector("[data-coming]");
const config = JSON.parse(document.getElementById("pin-config").textContent);
const stops = form.querySelector("[data-stops]");
const area = form.querySelector("#area");

if (stops) installStops(stops, config);
if (area) {
  installArea(form, area, config);
  installDrawing(area.querySelector("[data-drawing]"), form.elements.drawn, config);
}
