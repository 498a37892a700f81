// The map of what was taken along: the country's part of the ground, names, pins. A pin leads to its place in the list,
// several that would lie upon each other to a closer look.

import * as L from "leaflet";
import { pin } from "#lib/dom.js";
import { areaAround } from "#map/areas.js";
import { addGround } from "#map/ground.js";
import { addLabels } from "#map/labels.js";
import { ring } from "#map/ring.js";
import { Walk } from "#map/walk.js";

const MAX_ZOOM = 12;
const APART = 48; // px between the middles of two that a finger tells apart

// Places in groups: whoever lies nearer to the first of a group than APART belongs to it. `at` gives { x, y }.
export function groups(places, at) {
  const found = [];
  for (const place of places) {
    const { x, y } = at(place);
    const near = found.find((group) => Math.hypot(group.x - x, group.y - y) < APART);
    if (near) near.places.push(place);
    else found.push({ x, y, places: [place] });
  }
  return found.map((group) => group.places);
}

function families(places) {
  const found = {};
  for (const { family } of places) found[family] = (found[family] ?? 0) + 1;
  return found;
}

function many(places, t) {
  const byFamily = families(places);
  const html = ring(places.length, byFamily, Object.keys(byFamily));
  const name = t("places_here", { n: places.length });
  const icon = L.divIcon({ html, iconSize: [44, 44], iconAnchor: [22, 22], className: "spot spot-cluster" });
  return L.marker([places[0].lat, places[0].lon], { icon, title: name, alt: name });
}

function one({ lat, lon, family, title }) {
  const icon = L.divIcon({ html: pin(family), iconSize: [36, 44], iconAnchor: [18, 43], className: "spot spot-pin" });
  return L.marker([lat, lon], { icon, title, alt: title });
}

// → { show(places), remove() }. `onChosen` is told the ids of places that no closer look tells apart.
export function makeMap(element, { ground, labels_url, lang }, t, onChosen) {
  const map = L.map(element, { maxZoom: MAX_ZOOM, fadeAnimation: false });
  map.attributionControl.setPrefix(false);
  map.setView([50, 30], 3);
  addGround(map, ground);
  addLabels(map, labels_url, lang);
  const pins = L.layerGroup().addTo(map);
  const walk = new Walk(map);
  let [shown, told] = [[], ""];

  function choose(places) {
    const bounds = L.latLngBounds(places.map(({ lat, lon }) => [lat, lon]));
    const isOneDoor = bounds.getSouthWest().equals(bounds.getNorthEast()) || map.getZoom() === MAX_ZOOM;
    if (places.length === 1 || isOneDoor) onChosen(places[0].id);
    else map.fitBounds(bounds, { animate: false, padding: [48, 48], maxZoom: MAX_ZOOM });
  }

  function draw() {
    pins.clearLayers();
    const marks = [];
    for (const group of groups(shown, ({ lat, lon }) => map.project([lat, lon]))) {
      const mark = group.length > 1 ? many(group, t) : one(group[0]);
      marks.push(mark);
      pins.addLayer(mark.on("click", () => choose(group)));
      const area = group.length === 1 && areaAround([group[0].lat, group[0].lon], group[0].precision);
      if (area) pins.addLayer(area);
    }
    walk.update(marks);
  }

  map.on("zoomend", draw);
  return {
    remove: () => map.remove(),
    show(places) {
      const now = places.filter(({ lat }) => lat !== null);
      const ids = now.map(({ id }) => id).join();
      if (ids === told) return;
      [shown, told] = [now, ids];
      const bounds = L.latLngBounds(shown.map(({ lat, lon }) => [lat, lon]));
      if (bounds.isValid()) map.fitBounds(bounds, { animate: false, padding: [32, 32], maxZoom: 9 });
      draw();
    },
  };
}
