// Shapes drawn by hand on the map of a form. The library comes when somebody opens the map; the field is the truth.

import * as L from "leaflet";
import { makeMap } from "#forms/pin.js";

const PLACES = 5;
const NEAR = 12;
const LOOK = { className: "area coming" };
// Only the corners: no words of the library's own, no snapping to pins.
const DRAW = {
  snappable: false,
  tooltips: false,
  allowSelfIntersection: false,
  pathOptions: LOOK,
  templineStyle: LOOK,
  hintlineStyle: LOOK,
};

const round = (degrees) => Number(degrees.toFixed(PLACES));

// The corners of a shape as the field has them: [lon, lat], the first one again at the end.
export function ringOf(corners) {
  const ring = corners.map(({ lat, lng }) => [round(lng), round(lat)]);
  return [...ring, ring[0]];
}

export function ringsIn(text) {
  try {
    const rings = JSON.parse(text || "[]");
    return Array.isArray(rings) ? rings : [];
  } catch {
    return [];
  }
}

// The library makes a button of each corner, without a name.
function nameCorner(layer, name) {
  const element = layer instanceof L.Marker ? layer.getElement() : null;
  if (element?.classList.contains("marker-icon")) element.setAttribute("aria-label", name);
}

export function installDrawing(root, field, config, fetchLibrary = () => import("#leaflet-geoman")) {
  const shapes = [];
  let map = null;
  let isOpening = false;

  function write() {
    const rings = shapes.map((shape) => ringOf(shape.getLatLngs()[0]));
    field.value = rings.length ? JSON.stringify(rings) : "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function keep(shape) {
    shapes.push(shape);
    shape.pm?.enable({ snappable: false, allowSelfIntersection: false });
    shape.on("pm:edit", write);
  }

  async function open() {
    if (isOpening || !root.open) return;
    isOpening = true;
    await fetchLibrary(); // before the map is made: it joins whatever is made after it
    const board = root.querySelector("[data-drawing-map]");
    map = makeMap(board, config);
    map.on("layeradd", ({ layer }) => nameCorner(layer, board.dataset.corner));
    for (const ring of ringsIn(field.value))
      keep(
        L.polygon(
          ring.slice(0, -1).map(([lon, lat]) => [lat, lon]),
          LOOK,
        ).addTo(map),
      );
    if (shapes.length) map.fitBounds(L.featureGroup(shapes).getBounds(), { maxZoom: NEAR });
    map.on("pm:create", ({ layer }) => {
      keep(layer);
      write();
    });
  }

  root.querySelector("[data-draw]").addEventListener("click", () => map?.pm.enableDraw("Polygon", DRAW));
  root.querySelector("[data-undraw]").addEventListener("click", () => {
    map?.pm.disableDraw();
    shapes.pop()?.remove();
    write();
  });
  root.addEventListener("toggle", open);
  return open();
}
