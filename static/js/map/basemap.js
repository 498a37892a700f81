// The ground of the map. By default one PMTiles file on our own origin, drawn in the colours of the page;
// an operator may set tiles of their own (kind "xyz") or their own PMTiles file of the same layers.

import * as L from "leaflet";
import { LineSymbolizer, leafletLayer, PolygonSymbolizer } from "protomaps-leaflet";

const DATA_ZOOM = 6;
const REGIONS_TO = 9; // closer than that their lines are too coarse to believe

export function colours(element = document.documentElement) {
  const style = getComputedStyle(element);
  return (name) => style.getPropertyValue(`--map-${name}`).trim();
}

const isSeen = (zoom, feature) => (feature.props.min_zoom ?? 0) <= zoom;
const byZoom = (low, high) => (zoom) => Math.min(high, Math.max(low, low + (zoom - 3) * 0.25));

function line(layer, options, maxzoom) {
  return { dataLayer: layer, symbolizer: new LineSymbolizer(options), filter: isSeen, maxzoom };
}

// Countries are outlines and never areas, so none of them has a colour. A disputed line is dashed.
export function paintRules(colour) {
  return [
    { dataLayer: "land", symbolizer: new PolygonSymbolizer({ fill: colour("land") }) },
    line("regions", { color: colour("region"), width: byZoom(0.7, 1.4) }, REGIONS_TO),
    {
      dataLayer: "lakes",
      symbolizer: new PolygonSymbolizer({ fill: colour("water"), stroke: colour("coast"), width: 0.8 }),
      filter: isSeen,
    },
    line("rivers", { color: colour("water"), width: byZoom(0.8, 2.4) }),
    line("borders", { color: colour("line"), width: byZoom(1, 2) }),
    line("disputed", { color: colour("line"), width: byZoom(1, 2), dash: [5, 4] }),
  ];
}

function ownLayer(url, attribution) {
  const colour = colours();
  return leafletLayer({
    url,
    attribution,
    paintRules: paintRules(colour),
    labelRules: [],
    backgroundColor: colour("water"),
    maxDataZoom: DATA_ZOOM,
    noWrap: true,
    flavor: undefined,
  });
}

// Adds the ground and draws it anew when the colour scheme changes.
export function addBasemap(map, { kind, url, attribution }) {
  if (kind === "xyz") return L.tileLayer(url, { attribution, noWrap: true }).addTo(map);
  let layer = ownLayer(url, attribution).addTo(map);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    layer.remove();
    layer = ownLayer(url, attribution).addTo(map);
  });
  return layer;
}
