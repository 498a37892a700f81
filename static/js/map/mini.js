// The small map on the page of a place: one pin, or the area in which the place is.

import * as L from "leaflet";
import { pin } from "#lib/dom.js";
import { makeTexts } from "#lib/text.js";
import { areaAround } from "#map/areas.js";
import { comingLayer } from "#map/coming.js";
import { addGround } from "#map/ground.js";
import { addLabels } from "#map/labels.js";
import { Streets } from "#map/streets.js";

const ZOOM = { exact: 9, district: 8, settlement: 7 };
const DOOR = 16;
const NEAREST = 14;

// The door with its street, where the public may know it and there is a map of it.
async function showStreets(map, ground, basemap, { centre: [lat, lon], precision }) {
  const streets = new Streets(map, ground, basemap);
  if (precision !== "exact" || !(await ground.hasStreets({ lat, lon }, DOOR))) return;
  streets.open();
  map.setView([lat, lon], DOOR, { animate: false });
}

// The whole of where help comes, and the pin.
function showComing(map, centre) {
  const told = document.getElementById("place-coming");
  const coming = told && comingLayer(JSON.parse(told.textContent));
  if (!coming) return;
  map.fitBounds(coming.addTo(map).getBounds().extend(centre), { animate: false, padding: [24, 24], maxZoom: NEAREST });
}

function show(element, config) {
  const { lat, lon, family, precision } = element.dataset;
  const centre = [Number(lat), Number(lon)];
  const map = L.map(element, {
    zoomControl: false,
    dragging: false,
    scrollWheelZoom: false,
    doubleClickZoom: false,
    touchZoom: false,
    boxZoom: false,
    keyboard: false,
    fadeAnimation: false,
  });
  map.attributionControl.setPrefix(false);
  map.setView(centre, ZOOM[precision] ?? ZOOM.settlement);
  showStreets(map, addGround(map, config.basemap), config.basemap, { centre, precision });
  addLabels(map, config.labels_url, config.lang);
  areaAround(centre, precision)?.addTo(map);
  showComing(map, centre);
  const icon = L.divIcon({
    html: pin(family),
    iconSize: [36, 44],
    iconAnchor: [18, 43],
    className: "spot spot-pin",
  });
  L.marker(centre, { icon, interactive: false, keyboard: false }).addTo(map);
  element.setAttribute("role", "group");
  element.setAttribute("aria-label", makeTexts(config.texts)("small_map"));
}

const element = document.querySelector("[data-mini-map]");
show(element, JSON.parse(document.getElementById("map-config").textContent));
