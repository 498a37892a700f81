// The ground of a map: the world out of one PMTiles file on our own origin, streets of the operator's over it where
// there are some, both in the colours of the page; or the operator's own tiles (kind "xyz").

import { leafletLayer, PmtilesSource } from "protomaps-leaflet";
import { breath } from "#lib/breath.js";
import { colours } from "#map/colours.js";
import { addTiles } from "#map/ground.js";
import { labelRules, streetRules, worldRules } from "#map/paint.js";

const WORLD_DATA = 6;
const STREETS_DATA = 15;
const STREETS_FROM = 9; // nothing of the streets is painted farther out, so nothing of them is asked for

// The file of streets; farther out than they are painted it says that there are none, without being asked.
function fileOfStreets(url) {
  const { p: file } = new PmtilesSource(url, false);
  const none = Promise.resolve(undefined);
  return { getZxy: (zoom, ...rest) => (zoom < STREETS_FROM ? none : file.getZxy(zoom, ...rest)) };
}

// One tile after another, each with a breath before it is read and painted: a phone answers its visitor in between.
export function oneByOne(file) {
  let turn = Promise.resolve();
  return {
    getZxy(...tile) {
      const asked = file.getZxy(...tile);
      const come = asked.catch(() => {});
      turn = turn.then(() => come).then(breath);
      return turn.then(() => asked);
    },
  };
}

function ownLayer({ url, attribution, streets }, file) {
  const colour = colours();
  const world = oneByOne(new PmtilesSource(url, false).p);
  const sources = { world: { url: world, maxDataZoom: WORLD_DATA } };
  if (file) sources.streets = { url: file, maxDataZoom: STREETS_DATA };
  return leafletLayer({
    sources,
    attribution: [attribution, streets?.attribution].filter(Boolean).join(", "),
    paintRules: [...worldRules(colour), ...streetRules(colour)],
    labelRules: labelRules(colour),
    backgroundColor: colour("water"),
    devicePixelRatio: Math.min(2, window.devicePixelRatio || 1),
    noWrap: true,
    flavor: undefined,
  });
}

// The tile of a zoom in which a point lies.
export function tileAt({ lat, lon }, zoom) {
  const size = 2 ** zoom;
  const north = Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI;
  return [zoom, Math.floor(((lon + 180) / 360) * size), Math.floor(((1 - north) / 2) * size)];
}

// Whether there are streets at a point, as close to it as a map of this zoom is. A file that fails has none.
function asker(file) {
  return async (point, zoom) => {
    const closest = Math.max(STREETS_FROM, Math.min(Math.ceil(zoom) - 1, STREETS_DATA - 1));
    try {
      return Boolean(await file.getZxy(...tileAt(point, closest)));
    } catch {
      return false;
    }
  };
}

// Adds the ground and draws it anew when the colour scheme changes. → { layer, hasStreets(point, zoom), mayHaveStreets }
export function addBasemap(map, config) {
  const { kind, streets } = config;
  if (kind === "xyz") return addTiles(map, config);
  const file = streets ? fileOfStreets(streets.url) : null;
  const ground = {
    layer: ownLayer(config, file).addTo(map),
    mayHaveStreets: Boolean(file),
    hasStreets: file ? asker(file) : async () => false,
  };
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    ground.layer.remove();
    ground.layer = ownLayer(config, file).addTo(map);
  });
  return ground;
}
