// The ground of a map comes by itself, after what is asked for: what paints it is a file of its own. Until it is there
// the map is water with its pins; where it does not come, they stay.

import * as L from "leaflet";

export function addTiles(map, { url, attribution }) {
  const layer = L.tileLayer(url, { attribution, noWrap: true }).addTo(map);
  return { layer, mayHaveStreets: true, hasStreets: async () => true };
}

// → { laid, hasStreets(point, zoom), mayHaveStreets }
export function addGround(map, config, fetchPainter = () => import("#map/basemap.js")) {
  if (config.kind === "xyz") return addTiles(map, config);
  const laid = fetchPainter().then(({ addBasemap }) => addBasemap(map, config));
  const hasStreets = (point, zoom) =>
    laid.then(
      (ground) => ground.hasStreets(point, zoom),
      () => false,
    );
  const mayHaveStreets = Boolean(config.streets);
  return { laid, mayHaveStreets, hasStreets: mayHaveStreets ? hasStreets : async () => false };
}
