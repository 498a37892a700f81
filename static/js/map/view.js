// The Leaflet map: its limits, its ground, where it looks. Pins are in markers.js.

import * as L from "leaflet";
import { boundsOf } from "#map/bounds.js";
import { addGround } from "#map/ground.js";
import { addLabels } from "#map/labels.js";
import { wrapped } from "#map/state.js";
import { Streets } from "#map/streets.js";

const WORLD = [
  [-60, -180],
  [85, 190],
];
const PAN_STEP = 0.35;
const SETTLE_MS = 220;
const CLOSE_ZOOM = 12;
const DOORS = 16; // so close every place stands for itself, and its street can be read
const LEAST_STEP = 1.5;
const PADDING = 40;
const ROOM_ABOVE = 0.28; // of the height

// In the words of the page: Leaflet's own says “km” in every language.
const Scale = L.Control.Scale.extend({
  _updateMetric(most) {
    const length = this._getRoundNum(most);
    const { t } = this.options;
    const text = length < 1000 ? t("metres", { n: length }) : t("kilometres", { n: length / 1000 });
    this._updateScale(this._mScale, text, length / most);
  },
});

export class View {
  constructor(element, config, { t, padding = () => [0, 0, 0, 0] }) {
    this.padding = padding;
    this.map = L.map(element, {
      zoomControl: false,
      attributionControl: true,
      maxBounds: WORLD,
      maxBoundsViscosity: 1,
      minZoom: 2,
      zoomSnap: 0.5,
      zoomDelta: 1,
      wheelPxPerZoomLevel: 90,
      bounceAtZoomLimits: false,
      fadeAnimation: false,
      zoomAnimation: !isStill(),
      markerZoomAnimation: !isStill(),
      inertia: !isStill(),
    });
    element.setAttribute("role", "application");
    element.setAttribute("aria-label", t("map"));
    element.setAttribute("aria-description", t("map_pins"));
    this.map.attributionControl.setPrefix(false);
    this.map.attributionControl.setPosition("bottomright");
    this.home = boundsOf(config.initial?.bbox ?? [0, 36, 82, 60]);
    // What lies there is another question than what was asked for, and the list follows it as it follows a hand.
    this.streets = new Streets(this.map, addGround(this.map, config.basemap), config.basemap, () => {
      this.isVisitors = true;
    });
    this.covered = [];
    addLabels(this.map, config.labels_url, config.lang).then((labels) => {
      this.labels = labels;
      labels?.avoid(this.covered);
    });
    new Scale({ imperial: false, position: "bottomright", t }).addTo(this.map);
    this.isVisitors = false;
    this.#watchHands(element);
    new ResizeObserver(() => this.map.invalidateSize({ animate: false })).observe(element);
  }

  // `view` null is the whole of it.
  show(view) {
    this.streets.open();
    if (view) this.map.setView([view.lat, view.lon], view.zoom, { animate: false });
    else this.fit(this.home, { animate: false });
  }

  fit(bounds, { animate = !isStill(), maxZoom = CLOSE_ZOOM } = {}) {
    const [top, right, bottom, left] = this.padding();
    this.map.fitBounds(bounds, {
      animate,
      maxZoom,
      paddingTopLeft: [left + PADDING, top + PADDING],
      paddingBottomRight: [right + PADDING, bottom + PADDING],
    });
  }

  // Closer to what a cluster holds, and closer in any case: bounds alone may fit as they are. Where there are no
  // streets the map ends sooner; false where it is as close as it may come.
  async into(bounds) {
    const { lat, lng } = bounds.getCenter();
    const closest = Math.min(DOORS, await this.streets.closestAt({ lat, lon: lng }));
    if (this.zoom >= closest) return false;
    const [top, right, bottom, left] = this.padding();
    const edges = L.point(left + right + 2 * PADDING, top + bottom + 2 * PADDING);
    const zoom = Math.min(closest, Math.max(this.map.getBoundsZoom(bounds, false, edges), this.zoom + LEAST_STEP));
    this.isVisitors = true;
    this.goTo(lat, lng, zoom);
    return true;
  }

  // `isLow` leaves room above for a popup.
  goTo(lat, lon, zoom = this.zoom, { isLow = false } = {}) {
    this.streets.open();
    const [top, right, bottom, left] = this.padding();
    const room = isLow ? this.map.getSize().y * ROOM_ABOVE : 0;
    const shift = L.point((right - left) / 2, (bottom - top) / 2 - room);
    const target = this.map.unproject(this.map.project([lat, lon], zoom).add(shift), zoom);
    this.map.setView(target, zoom, { animate: !isLow && !isStill() });
  }

  get zoom() {
    return this.map.getZoom();
  }

  where() {
    const { lat, lng } = this.map.getCenter();
    return { lat, lon: wrapped(lng), zoom: this.zoom };
  }

  // [west, south, east, north] of what can be seen beside the sheet and the search. Longitudes may lie beyond ±180
  // where the map repeats the world; the server reads them.
  bbox() {
    const [top, right, bottom, left] = this.padding();
    const size = this.map.getSize();
    const low = this.map.containerPointToLatLng([left, size.y - bottom]);
    const high = this.map.containerPointToLatLng([size.x - right, top]);
    return [low.lng, Math.max(-90, low.lat), high.lng, Math.min(90, high.lat)];
  }

  zoomBy(step) {
    this.isVisitors = true;
    this.map.setZoom(this.map.getZoom() + step, { animate: !isStill() });
  }

  pan(x, y) {
    this.isVisitors = true;
    const size = this.map.getSize();
    this.map.panBy([x * size.x * PAN_STEP, y * size.y * PAN_STEP], { animate: !isStill() });
  }

  // Calls back when the map has come to rest: true when the visitor moved it, false for a move of ours.
  onMove(callback) {
    let timer = 0;
    this.map.on("moveend", () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const { isVisitors } = this;
        this.isVisitors = false;
        callback(isVisitors);
      }, SETTLE_MS);
    });
  }

  #watchHands(element) {
    const noted = () => {
      this.isVisitors = true;
    };
    this.map.on("dragstart", noted);
    for (const name of ["wheel", "dblclick", "keydown"]) element.addEventListener(name, noted, { passive: true });
    element.addEventListener(
      "touchstart",
      ({ touches }) => {
        if (touches.length > 1) noted();
      },
      { passive: true },
    );
  }

  // What pins cover (boxes in pixels of the layer), so that names make room.
  makeRoom(boxes) {
    this.covered = boxes;
    this.labels?.avoid(boxes);
  }

  // Where distances are measured from; null takes the mark away.
  markPosition(near, title) {
    this.position?.remove();
    this.position = null;
    if (!near) return;
    const { lat, lon } = near;
    this.position = L.circleMarker([lat, lon], {
      radius: 9,
      className: "own-position",
      interactive: false,
      keyboard: false,
    });
    this.position.bindTooltip(() => document.createTextNode(title)).addTo(this.map);
  }
}

export function isStill() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}
