// What is painted of the two files of the ground, in which order: the world of our own below, streets over it.
// Borders and names of places come from the world alone: a street map draws who holds a place, we do not judge.

import { CenteredTextSymbolizer, LineLabelSymbolizer, LineSymbolizer, PolygonSymbolizer } from "protomaps-leaflet";

const REGIONS_TO = 9; // closer than that their lines are too coarse to believe
const STREETS = 10;
const BUILDINGS = 15;
const NUMBERS = 17;
const FONT = '"Golos Text", "Noto Sans", sans-serif';
const GREEN = new Set(["park", "garden", "forest", "wood", "nature_reserve", "cemetery", "grass", "recreation_ground"]);
const RIVERS = new Set(["river", "stream", "canal"]);
const POINT = 1;
const LINE = 2;

// Kinds of roads, the quietest first: width in pixels at zooms 10, 14 and 18.
const ROADS = [
  { kinds: ["path", "other"], widths: [0, 0.8, 3], from: 14 },
  { kinds: ["rail"], widths: [0.6, 1, 1.5], from: 12, colour: "rail" },
  { kinds: ["minor_road"], widths: [0.4, 2, 12], from: 12 },
  { kinds: ["major_road"], widths: [1.2, 4, 17], from: STREETS },
  { kinds: ["highway"], widths: [1.8, 5, 20], from: STREETS },
];

const isSeen = (zoom, feature) => (feature.props.min_zoom ?? 0) <= zoom;
const isOf = (kinds) => (_zoom, feature) => kinds.includes(feature.props.kind);
const byZoom = (low, high) => (zoom) => Math.min(high, Math.max(low, low + (zoom - 3) * 0.25));

// Twice as wide with every zoom or less, as the three widths say.
export function roadWidth([far, near, close]) {
  return (zoom) => {
    const [low, high, part] = zoom < 14 ? [far, near, (zoom - 10) / 4] : [near, close, (zoom - 14) / 4];
    return low + (high - low) * Math.max(0, Math.min(1, part));
  };
}

function line(layer, options, maxzoom) {
  return { dataSource: "world", dataLayer: layer, symbolizer: new LineSymbolizer(options), filter: isSeen, maxzoom };
}

// Countries are outlines and never areas, so none of them has a colour. A disputed line is dashed.
export function worldRules(colour) {
  const lakes = { fill: colour("water"), stroke: colour("coast"), width: 0.8 };
  return [
    { dataSource: "world", dataLayer: "land", symbolizer: new PolygonSymbolizer({ fill: colour("land") }) },
    line("regions", { color: colour("region"), width: byZoom(0.7, 1.4) }, REGIONS_TO),
    { dataSource: "world", dataLayer: "lakes", symbolizer: new PolygonSymbolizer(lakes), filter: isSeen },
    line("rivers", { color: colour("water"), width: byZoom(0.8, 2.4) }),
    line("borders", { color: colour("line"), width: byZoom(1, 2) }),
    line("disputed", { color: colour("line"), width: byZoom(1, 2), dash: [5, 4] }),
  ];
}

function area(layer, fill, { minzoom = STREETS, ...more } = {}) {
  return { dataSource: "streets", dataLayer: layer, symbolizer: new PolygonSymbolizer({ fill }), minzoom, ...more };
}

function road({ kinds, widths, from }, color, extra) {
  const width = roadWidth(widths);
  const options = { color, width: (zoom) => width(zoom) + extra, lineCap: "round", lineJoin: "round" };
  const symbolizer = new LineSymbolizer(options);
  return { dataSource: "streets", dataLayer: "roads", symbolizer, minzoom: from, filter: isOf(kinds) };
}

// Edges of all roads first, then what is inside of them: crossings stay open.
export function streetRules(colour) {
  const edged = ROADS.filter(({ colour: own }) => !own);
  return [
    area("earth", colour("land")),
    area("landuse", colour("green"), { filter: (_zoom, { props }) => GREEN.has(props.kind) }),
    area("water", colour("water"), { filter: (_zoom, { geomType }) => geomType > LINE }),
    {
      dataSource: "streets",
      dataLayer: "water",
      symbolizer: new LineSymbolizer({ color: colour("water"), width: roadWidth([1, 2.5, 8]) }),
      minzoom: 12,
      filter: (_zoom, { geomType, props }) => geomType === LINE && RIVERS.has(props.kind),
    },
    area("buildings", colour("building"), { minzoom: BUILDINGS, filter: (_zoom, { geomType }) => geomType > LINE }),
    ...edged.map((kind) => road(kind, colour("road-edge"), 1.6)),
    ...ROADS.map((kind) => road(kind, colour(kind.colour ?? "road"), 0)),
  ];
}

function streetName(kinds, colour, size, minzoom) {
  return {
    dataSource: "streets",
    dataLayer: "roads",
    symbolizer: new LineLabelSymbolizer({
      labelProps: ["name"], // as the sign says it
      font: `500 ${size}px ${FONT}`,
      fill: colour("street"),
      stroke: colour("road"),
      width: 3,
      position: 2,
    }),
    minzoom,
    filter: isOf(kinds),
  };
}

export function labelRules(colour) {
  return [
    streetName(["highway", "major_road"], colour, 13, 13),
    streetName(["minor_road", "other", "path"], colour, 12, BUILDINGS),
    {
      dataSource: "streets",
      dataLayer: "buildings",
      symbolizer: new CenteredTextSymbolizer({
        labelProps: ["addr_housenumber"],
        font: `450 11px ${FONT}`,
        fill: colour("label"),
        stroke: colour("building"),
        width: 2,
      }),
      minzoom: NUMBERS,
      filter: (_zoom, { geomType, props }) => geomType === POINT && props.kind === "address",
    },
  ];
}
