// One open place at a time: its popup (or its place in the sheet on a phone), its pin and its cards.

import * as L from "leaflet";
import { boundsOf } from "#map/bounds.js";
import { comingLayer } from "#map/coming.js";
import { isStill } from "#map/view.js";

const POPUP = { closeButton: false, autoPanPadding: [24, 24], maxWidth: 340, minWidth: 300, offset: [0, -36] };
const BESIDE_TOOLS = [84, 24]; // where they stand on the left
const LEAST_HEIGHT = 240;
const AROUND_POPUP = 130; // its tip, the pin and the edges
const CLOSE = 11; // zoom at which a city comes apart
const SAME_SPOT = 0.00015; // degrees: no zoom takes such neighbours apart

export class Places {
  // `onPlace(id)`: which place is open now, "" for none
  constructor(root, { layers, list, view, sheet, popups, onPlace }) {
    Object.assign(this, { root, layers, list, view, sheet, popups, onPlace });
    this.selected = root.querySelector("[data-selected]");
    this.placeId = "";
    root.addEventListener("click", (event) => this.#pressed(event));
    for (const name of ["mouseover", "focusin"]) root.addEventListener(name, (event) => this.#pointed(event));
    root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.layers.has("place")) return;
      event.preventDefault(); // had its use: no sign for leaving
      this.layers.close("place");
    });
  }

  // `opener` gets the focus back when the place is closed.
  open(spot, opener) {
    this.#hide();
    this.opener = opener;
    this.layers.open("place", () => this.#hide(true));
    const content = this.popups.forSpot(spot, {
      onClose: () => this.layers.close("place"),
      onPlace: (id) => this.#select(id),
    });
    content.addEventListener("filled", ({ detail }) => this.#showComing(detail));
    if (this.sheet.isNarrow) this.#inSheet(content);
    else this.#onMap(spot, content);
    content.querySelector("h3")?.focus({ preventScroll: true });
  }

  #inSheet(content) {
    this.selected.replaceChildren(content);
    this.selected.hidden = false;
    if (this.sheet.stop !== "half") this.sheet.moveTo("half");
    this.selected.scrollIntoView({ block: "start" });
  }

  #onMap(spot, content) {
    const maxHeight = Math.max(LEAST_HEIGHT, this.view.map.getSize().y - AROUND_POPUP);
    const beside = document.documentElement.dir === "rtl" ? { autoPanPaddingTopLeft: BESIDE_TOOLS } : {};
    this.popup = L.popup({ ...POPUP, ...beside, maxHeight })
      .setLatLng([spot.lat, spot.lon])
      .setContent(content)
      .openOn(this.view.map);
    content.addEventListener("filled", () => this.#refit(content));
    this.popup.on("remove", () => {
      if (this.popup) this.layers.close("place");
    });
  }

  // Leaflet puts the content in anew to measure it, and so takes the focus away.
  #refit(content) {
    const focused = content.contains(document.activeElement) ? document.activeElement : null;
    this.popup?.update();
    focused?.focus({ preventScroll: true });
  }

  // Where the help of the open place comes.
  #showComing(place) {
    this.coming?.remove();
    this.coming = place && this.layers.has("place") ? comingLayer(place.listings) : null;
    this.coming?.addTo(this.view.map);
  }

  #hide(giveFocusBack = false) {
    const { popup } = this;
    this.popup = null;
    popup?.remove();
    this.#showComing(null);
    this.selected.hidden = true;
    this.selected.replaceChildren();
    this.#select("");
    if (giveFocusBack && this.opener?.isConnected) this.opener.focus({ preventScroll: true });
  }

  // The place of a link, or the one that was open when the page was left.
  async show(id) {
    const { lat, lon, title, family, listings } = await this.popups.api.place(id);
    if (lat !== null) this.open({ lat, lon, points: [{ id, lat, lon, title, family, count: listings.length }] }, null);
  }

  #select(placeId) {
    const isOther = placeId !== this.placeId;
    this.placeId = placeId;
    if (isOther) this.onPlace(placeId);
    this.markers.select(placeId);
    this.list.mark(placeId ? [placeId] : [], "is-selected");
    if (placeId && !this.sheet.isNarrow)
      this.list.find(placeId)?.scrollIntoView({ block: "nearest", behavior: isStill() ? "auto" : "smooth" });
  }

  // After the list was drawn anew.
  restore() {
    if (this.placeId) this.list.mark([this.placeId], "is-selected");
  }

  #pressed(event) {
    const button = event.target.closest("[data-show-on-map]");
    if (!button) return;
    const card = button.closest(".card");
    const [lat, lon] = [Number(button.dataset.lat), Number(button.dataset.lon)];
    if (this.sheet.isNarrow && this.sheet.stop === "full") this.sheet.moveTo("half");
    this.view.goTo(lat, lon, Math.max(this.view.zoom, CLOSE), { isLow: !this.sheet.isNarrow });
    const title = card.querySelector("h3").textContent.trim();
    const point = {
      id: button.dataset.showOnMap,
      lat,
      lon,
      title,
      family: card.querySelector(".pin").dataset.family,
      count: 1,
    };
    this.open({ lat, lon, points: [point] }, button);
  }

  #pointed(event) {
    const card = event.target.closest?.(".card");
    const { lat, lon } = card?.querySelector("[data-show-on-map]")?.dataset ?? {};
    this.markers?.hover(lat === undefined ? null : { id: card.dataset.place, lat: Number(lat), lon: Number(lon) });
  }

  // Places that no zoom takes apart, or none to which the map may come, open as a choice.
  async openCluster(cluster, askPoints, opener) {
    const [west, south, east, north] = cluster.bbox;
    const isWide = east - west > SAME_SPOT || north - south > SAME_SPOT;
    if (isWide && (await this.view.into(boundsOf(cluster.bbox)))) return;
    const { points } = await askPoints();
    const isInside = ({ lon, lat }) =>
      lon >= west - SAME_SPOT && lon <= east + SAME_SPOT && lat >= south - SAME_SPOT && lat <= north + SAME_SPOT;
    const inside = points.filter(isInside);
    if (inside.length) this.open({ lon: cluster.lon, lat: cluster.lat, points: inside }, opener);
  }
}
