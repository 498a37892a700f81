// Where help comes to people, drawn lightly: areas of services, and the stops of a mobile point.

import * as L from "leaflet";

const turned = ([lon, lat]) => [lat, lon];
const QUIET = { interactive: false };

// One of each: services of one organisation often come to the same places.
function once(things) {
  return [...new Map(things.map((thing) => [JSON.stringify(thing), thing])).values()];
}

// `listings` = [{ service_areas, stops }]; null where nothing can be drawn.
export function comingLayer(listings) {
  const extents = listings.flatMap(({ service_areas: areas = [] }) => areas.map(({ extent }) => extent));
  const stops = listings.flatMap(({ stops: all = [] }) => all.map(({ lat, lon }) => [lat, lon]));
  const layers = [
    ...once(extents.filter(Boolean)).map(({ coordinates }) =>
      L.polygon(
        coordinates.map((ring) => ring.map(turned)),
        { ...QUIET, className: "area coming" },
      ),
    ),
    ...once(stops).map((where) => L.circleMarker(where, { ...QUIET, radius: 6, className: "stop" })),
  ];
  return layers.length ? L.featureGroup(layers) : null;
}
