// Placing a pin by mouse, touch or keyboard. The number fields are the truth; the map shows and writes them.
import * as L from "leaflet";
import { h, pin } from "#lib/dom.js";
import { addGround } from "#map/ground.js";
import { addLabels } from "#map/labels.js";
import { Streets } from "#map/streets.js";

const WORLD = { centre: [48, 40], zoom: 4 };
const CITY_ZOOM = 10;
const NEAR_ZOOM = 11;
const STEP = 6;
const BIG_STEP = 40;
const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

export function makeMap(element, { basemap, city, labels_url: labels, lang }) {
  const map = L.map(element, { minZoom: 2, attributionControl: true, zoomAnimation: false });
  map.attributionControl.setPrefix(false);
  map.setView(city ?? WORLD.centre, city ? CITY_ZOOM : WORLD.zoom);
  map.streets = new Streets(map, addGround(map, basemap), basemap);
  addLabels(map, labels, lang);
  L.control.scale({ imperial: false }).addTo(map);
  return map;
}

function read(field) {
  const number = Number.parseFloat(field.value.replace(",", ".").replace("−", "-"));
  return Number.isFinite(number) ? number : null;
}

// One pin tied to two fields. `say(lat, lon)` tells where it stands.
export class Pin {
  constructor(map, { lat, lon, title, family, say }) {
    Object.assign(this, { map, lat, lon, say });
    const drop = h("div", { class: "pin-handle" }, pin(family, ""));
    const look = L.divIcon({ html: drop, className: "", iconSize: [44, 44], iconAnchor: [22, 40] });
    this.marker = L.marker(map.getCenter(), { icon: look, draggable: true, keyboard: true, title, alt: title });
    this.marker.on("dragend", () => this.write(this.marker.getLatLng()));
    this.marker.on("add", () => this.marker.getElement().addEventListener("keydown", (event) => this.onKey(event)));
    for (const field of [lat, lon]) field.addEventListener("change", () => this.follow());
    this.follow({ centre: true });
  }

  get isSet() {
    return read(this.lat) !== null && read(this.lon) !== null;
  }

  // The map follows the fields.
  follow({ centre = false } = {}) {
    if (!this.isSet) {
      this.marker.remove();
      return;
    }
    const place = [read(this.lat), read(this.lon)];
    if (Math.abs(place[0]) > 90 || Math.abs(place[1]) > 180) return;
    this.marker.setLatLng(place).addTo(this.map);
    if (centre || !this.map.getBounds().contains(place))
      this.map.setView(place, Math.max(this.map.getZoom(), NEAR_ZOOM));
  }

  // The fields follow the map.
  write({ lat, lng }) {
    this.lat.value = lat.toFixed(6);
    this.lon.value = lng.toFixed(6);
    this.marker.setLatLng([lat, lng]).addTo(this.map);
    this.say(lat, lng);
    this.lat.dispatchEvent(new Event("input", { bubbles: true }));
  }

  clear() {
    this.lat.value = "";
    this.lon.value = "";
    this.marker.remove();
    this.lat.dispatchEvent(new Event("input", { bubbles: true }));
  }

  onKey(event) {
    const arrow = ARROWS[event.key];
    if (!arrow) return;
    event.preventDefault();
    event.stopPropagation();
    const step = event.shiftKey ? BIG_STEP : STEP;
    const here = this.map.latLngToContainerPoint(this.marker.getLatLng());
    const moved = this.map.containerPointToLatLng(here.add([arrow[0] * step, arrow[1] * step]));
    this.write(moved);
    if (!this.map.getBounds().pad(-0.1).contains(moved)) this.map.panTo(moved, { animate: false });
  }
}
