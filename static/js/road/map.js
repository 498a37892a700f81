// The map of what was taken along: the country's part of the ground, names, pins. A pin leads to its place in the list.

import * as L from "leaflet";
import { pin } from "#lib/dom.js";
import { areaAround } from "#map/areas.js";
import { addGround } from "#map/ground.js";
import { addLabels } from "#map/labels.js";

const MAX_ZOOM = 12;

function mark({ lat, lon, family, title, precision, id }, onChosen) {
  const icon = L.divIcon({ html: pin(family), iconSize: [36, 44], iconAnchor: [18, 43], className: "spot spot-pin" });
  const found = L.marker([lat, lon], { icon, title, alt: title, keyboard: true });
  found.on("click", () => onChosen(id));
  const area = areaAround([lat, lon], precision);
  return area ? [area, found] : [found];
}

// → { show(places) }
export function makeMap(element, { ground, labels_url, lang }, onChosen) {
  const map = L.map(element, { maxZoom: MAX_ZOOM, fadeAnimation: false });
  map.attributionControl.setPrefix(false);
  map.setView([50, 30], 3);
  addGround(map, ground);
  addLabels(map, labels_url, lang);
  const pins = L.layerGroup().addTo(map);
  return {
    show(places) {
      const drawn = places.filter(({ lat }) => lat !== null);
      pins.clearLayers();
      for (const place of drawn) for (const layer of mark(place, onChosen)) pins.addLayer(layer);
      const bounds = L.latLngBounds(drawn.map(({ lat, lon }) => [lat, lon]));
      if (bounds.isValid()) map.fitBounds(bounds, { animate: false, padding: [32, 32], maxZoom: 9 });
    },
  };
}
