// Names of countries and places in the language of the page, on a canvas between the ground and the pins.

import * as L from "leaflet";
import { colours } from "#map/colours.js";

const FONT = '"Golos Text", "Noto Sans", sans-serif';
const GAP = 6;
const HEIGHT = 15;

// Boxes [left, top, right, bottom]; a name is written only where it meets no other.
export function overlaps(a, b) {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}

// What can be written at a zoom inside the bounds, the most important first.
export function candidates({ countries, places }, zoom, contains) {
  const seen = (label) => label.min_zoom <= zoom && contains(label);
  const lands = zoom < 7 ? countries.filter(seen).map((label) => ({ ...label, isCountry: true })) : [];
  return [...lands, ...places.filter(seen)];
}

function fontOf(label, zoom) {
  if (label.isCountry) return `600 ${zoom < 4 ? 12 : 13}px ${FONT}`;
  const isLarge = label.population > 1000000;
  return `${isLarge ? 560 : 450} ${zoom > 8 ? 14 : isLarge ? 13 : 12.5}px ${FONT}`;
}

// Where a name may stand, the best first: under its dot, or under the mark that covers the dot; then beside it.
export function positions(label, { x, y }, width, cover) {
  const at = (centre, top) => [
    centre - width / 2 - GAP,
    top - GAP / 2,
    centre + width / 2 + GAP,
    top + HEIGHT + GAP / 2,
  ];
  if (label.isCountry) return [at(x, y - HEIGHT / 2), at(x, y + HEIGHT), at(x, y - 2 * HEIGHT)];
  if (cover) {
    const middle = (cover[0] + cover[2]) / 2;
    return [
      at(middle, cover[3] + GAP / 2),
      at(cover[2] + width / 2 + GAP, y - HEIGHT / 2),
      at(cover[0] - width / 2 - GAP, y - HEIGHT / 2),
      at(middle, cover[1] - HEIGHT - GAP),
    ];
  }
  return [
    at(x, y + 5),
    at(x, y - HEIGHT - 5),
    at(x + width / 2 + 8, y - HEIGHT / 2),
    at(x - width / 2 - 8, y - HEIGHT / 2),
  ];
}

export const Labels = L.Layer.extend({
  initialize(data, language) {
    this.data = data;
    const fallsTo = (globalThis.document?.documentElement.dataset.fallsTo ?? "").split(" ");
    this.order = [language, ...fallsTo, "ru"];
    this.marks = [];
  },

  onAdd(map) {
    this.canvas = L.DomUtil.create("canvas", "map-labels", map.getPane("tilePane"));
    this.canvas.style.zIndex = 5;
    map.on("moveend zoomend resize", this.draw, this);
    map.on("zoomanim", this.hide, this);
    this.scheme = window.matchMedia("(prefers-color-scheme: dark)");
    this.redraw = () => this.draw();
    this.scheme.addEventListener("change", this.redraw);
    document.fonts?.ready.then(this.redraw);
    this.draw();
  },

  onRemove(map) {
    map.off("moveend zoomend resize", this.draw, this);
    map.off("zoomanim", this.hide, this);
    this.scheme.removeEventListener("change", this.redraw);
    this.canvas.remove();
  },

  // Boxes of pins and clusters, in pixels of the layer: names stand beside them, never under them.
  avoid(boxes) {
    this.marks = boxes;
    this.draw();
  },

  hide() {
    this.canvas.style.visibility = "hidden";
  },

  draw() {
    if (!this._map) return;
    const context = this.prepare();
    const zoom = this._map.getZoom();
    const bounds = this._map.getBounds().pad(0.1);
    const marks = this.marks.map((box) => this.shifted(box));
    const taken = [...marks];
    for (const label of candidates(this.data, zoom, ({ lat, lon }) => bounds.contains([lat, lon]))) {
      this.write(context, label, zoom, taken, marks);
    }
    this.canvas.style.visibility = "";
  },

  // The canvas covers the view and one third around it, so a slow drag does not show its edge.
  prepare() {
    const size = this._map.getSize();
    const margin = size.divideBy(3).round();
    const ratio = window.devicePixelRatio || 1;
    const [width, height] = [size.x + 2 * margin.x, size.y + 2 * margin.y];
    Object.assign(this.canvas, { width: width * ratio, height: height * ratio });
    Object.assign(this.canvas.style, { width: `${width}px`, height: `${height}px` });
    this.origin = this._map.containerPointToLayerPoint([0, 0]).subtract(margin);
    L.DomUtil.setPosition(this.canvas, this.origin);
    const context = this.canvas.getContext("2d");
    context.scale(ratio, ratio);
    context.textAlign = "center";
    context.textBaseline = "top";
    context.lineJoin = "round";
    return context;
  },

  shifted([left, top, right, bottom]) {
    const { x, y } = this.origin;
    return [left - x, top - y, right - x, bottom - y];
  },

  write(context, label, zoom, taken, marks) {
    const text = label.name[this.order.find((code) => label.name[code])];
    const point = this._map.latLngToLayerPoint([label.lat, label.lon]).subtract(this.origin);
    context.font = fontOf(label, zoom);
    context.letterSpacing = label.isCountry ? "0.06em" : "0px";
    const width = context.measureText(text).width;
    const cover = marks.find((box) => overlaps(box, [point.x - 2, point.y - 2, point.x + 2, point.y + 2]));
    const spot = positions(label, point, width, cover).find((box) => !taken.some((other) => overlaps(box, other)));
    if (!spot) return;
    taken.push(spot);
    const colour = colours();
    const [x, top] = [(spot[0] + spot[2]) / 2, spot[1] + GAP / 2];
    context.strokeStyle = colour("halo");
    context.lineWidth = 3.5;
    context.strokeText(text, x, top);
    context.fillStyle = colour(label.isCountry ? "label" : "label-strong");
    context.fillText(text, x, top);
    if (!label.isCountry && !cover) this.dot(context, point);
  },

  dot(context, { x, y }) {
    context.beginPath();
    context.arc(x, y, 2, 0, 2 * Math.PI);
    context.stroke();
    context.fill();
  },
});

// The names load after the map stands; without them (null) the map works all the same.
export async function addLabels(map, url, language) {
  try {
    const response = await fetch(url);
    return response.ok ? new Labels(await response.json(), language).addTo(map) : null;
  } catch {
    return null;
  }
}
