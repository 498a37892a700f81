// Pins and clusters. A mark that is in the next answer too stays in the page, so that neither focus nor hover is lost.

import * as L from "leaflet";
import { h, pin } from "#lib/dom.js";
import { changes, clusterKey, clusterSize, spots, untangled } from "#map/groups.js";
import { ring } from "#map/ring.js";
import { Walk } from "#map/walk.js";

const STREETS_ZOOM = 14.5; // from here on every place stands for itself
const PIN = { size: [36, 44], anchor: [18, 43] };

export class Markers {
  // `on` = { place(spot, marker), cluster(cluster, element), hover(placeIds), drawn(boxes) }
  constructor(map, { families, t, on }) {
    Object.assign(this, { map, t, on });
    this.families = new Map(families.map((family) => [family.code, family]));
    this.marks = new Map();
    this.walk = new Walk(map);
    this.selected = "";
    this.hovered = null;
  }

  update(answer) {
    const project = (lat, lon) => this.map.project([lat, lon]);
    const { clusters, points } = this.map.getZoom() < STREETS_ZOOM ? untangled(answer, project) : answer;
    const wanted = new Map();
    for (const cluster of clusters) wanted.set(clusterKey(cluster), () => this.#cluster(cluster));
    for (const spot of spots(points)) wanted.set(spot.key, () => this.#spot(spot));
    const { leave, come } = changes(this.marks.keys(), wanted.keys());
    const left = leave.map((key) => this.#remove(key)).find(Boolean);
    for (const key of come) this.marks.set(key, wanted.get(key)().addTo(this.map));
    for (const key of come) this.#finish(this.marks.get(key));
    this.#show();
    const order = this.walk.update(this.marks.values());
    if (left) this.#goOn(left, order);
    this.on.drawn(this.boxes());
  }

  // What the marks cover, in pixels of the layer: [left, top, right, bottom].
  boxes() {
    return [...this.marks.values()].map((marker) => {
      const { x, y } = this.map.latLngToLayerPoint(marker.getLatLng());
      const {
        iconSize: [width, height],
        iconAnchor: [left, top],
      } = marker.options.icon.options;
      return [x - left, y - top, x - left + width, y - top + height];
    });
  }

  select(placeId) {
    this.selected = placeId;
    this.#show();
  }

  // `place` = { id, lat, lon } or null: its pin answers, or the cluster that holds it.
  hover(place) {
    this.hovered = place;
    this.#show();
  }

  #show() {
    for (const marker of this.marks.values()) {
      const isSelected = holds(marker, this.selected);
      const isHovered = Boolean(this.hovered) && (holds(marker, this.hovered.id) || surrounds(marker, this.hovered));
      const element = marker.getElement();
      element.classList.toggle("is-selected", isSelected);
      element.classList.toggle("is-hovered", isHovered);
      marker.setZIndexOffset(isSelected || isHovered ? 1000 : 0);
    }
  }

  // → the mark, when the keyboard was at it
  #remove(key) {
    const marker = this.marks.get(key);
    const element = marker.getElement();
    const hadFocus = document.activeElement === element;
    const byKeyboard = hadFocus && element.matches(":focus-visible");
    if (hadFocus) this.map.getContainer().focus({ preventScroll: true });
    marker.remove();
    this.marks.delete(key);
    return byKeyboard ? marker : null;
  }

  // A cluster that was opened by keyboard leads to the first of what it held.
  #goOn({ cluster }, order) {
    const inside = [...this.marks.values()].filter((marker) => surrounds({ cluster }, spotAt(marker)));
    const elements = inside.map((marker) => marker.getElement());
    order.find((element) => elements.includes(element))?.focus({ preventScroll: true });
  }

  #cluster(cluster) {
    const size = clusterSize(cluster.count);
    const sign = ring(cluster.count, cluster.by_family, [...this.families.keys()]);
    const marker = L.marker([cluster.lat, cluster.lon], {
      icon: divIcon(sign, [size, size], [size / 2, size / 2], "spot spot-cluster"),
    });
    marker.cluster = cluster;
    marker.name = this.t("cluster", { n: cluster.count, kinds: this.#kinds(cluster.by_family) });
    marker.act = () => this.on.cluster(cluster, marker.getElement());
    return marker;
  }

  // “Health 12, law 3”: what the arcs of a ring say.
  #kinds(byFamily) {
    const found = [...this.families.values()].filter(({ code }) => byFamily[code]);
    const told = found.map(({ code, name }, index) => `${index ? this.t.lower(name) : name} ${byFamily[code]}`);
    return this.t.row(told);
  }

  #spot(spot) {
    const n = spot.points.reduce((sum, { count }) => sum + count, 0);
    const sign = spot.points.length > 1 ? this.#stack(n) : this.#single(spot.points[0]);
    const marker = L.marker([spot.lat, spot.lon], { icon: divIcon(sign, PIN.size, PIN.anchor, "spot spot-pin") });
    marker.spot = spot;
    marker.name = spot.points.length > 1 ? this.t("services_at_point", { n }) : this.pinName(spot.points[0]);
    marker.act = () => this.on.place(spot, marker);
    return marker;
  }

  pinName(point) {
    const family = this.families.get(point.family)?.name ?? "";
    const services = this.t("place_services", { n: point.count });
    return this.t(point.stale ? "pin_stale" : "pin", { title: point.title, family, services });
  }

  #single(point) {
    const sign = pin(point.family, { stale: point.stale });
    if (point.count > 1) sign.append(h("span", { class: "pin-count" }, String(point.count)));
    return sign;
  }

  #stack(n) {
    return h("span", { class: "pin several", "aria-hidden": "true" }, h("span", {}, String(n)));
  }

  // Leaflet makes the element when the marker is added: its name and its keys come after that.
  #finish(marker) {
    const element = marker.getElement();
    element.setAttribute("aria-label", marker.name);
    marker.on("click", () => marker.act());
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation();
      marker.act();
    });
    const ids = marker.spot?.points.map((point) => point.id) ?? [];
    for (const name of ["mouseenter", "focus"]) element.addEventListener(name, () => this.on.hover(ids));
    for (const name of ["mouseleave", "blur"]) element.addEventListener(name, () => this.on.hover([]));
  }
}

function holds(marker, placeId) {
  return Boolean(placeId) && Boolean(marker.spot?.points.some((point) => point.id === placeId));
}

function spotAt(marker) {
  const { lat, lng } = marker.getLatLng();
  return { lat, lon: lng };
}

function surrounds({ cluster }, { lat, lon }) {
  if (!cluster) return false;
  const [west, south, east, north] = cluster.bbox;
  return lon >= west && lon <= east && lat >= south && lat <= north;
}

function divIcon(html, iconSize, iconAnchor, className) {
  return L.divIcon({ html, iconSize, iconAnchor, className });
}
