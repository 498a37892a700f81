// A map with its marks, and what they said.

import { leafletMap } from "./map.js";
import { page } from "./page.js";
import { families, mapAnswer, t } from "./samples.js";

export async function withMarks(where = {}) {
  const document = page('<button id="other"></button><div id="map" tabindex="0"></div>');
  const { Markers } = await import("#map/markers.js");
  const map = await leafletMap(document.getElementById("map"), where);
  const said = [];
  const note = (name) => (value) => said.push([name, value]);
  const on = { place: note("place"), cluster: note("cluster"), hover: note("hover"), drawn: () => {} };
  const markers = new Markers(map, { families, t, on });
  const show = (more) => markers.update(mapAnswer(more));
  const spots = () => [...document.querySelectorAll(".spot")];
  const named = (name) => spots().find((spot) => spot.getAttribute("aria-label") === name);
  return { document, map, markers, said, on, show, spots, named };
}
