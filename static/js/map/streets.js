// How close a map may come: to the doors where there are streets, else no closer than its coasts can be believed, and
// it says so.

import * as L from "leaflet";
import { h } from "#lib/dom.js";

export const WITHOUT_STREETS = 12;
export const WITH_STREETS = 18;

const Word = L.Control.extend({
  options: { position: "bottomright" },
  onAdd() {
    return h("p", { class: "map-word", role: "status", hidden: true });
  },
});

export class Streets {
  // `onBack` is called before the map goes back from where it has come too close.
  constructor(map, ground, { words = {}, streets = null }, onBack = () => {}) {
    Object.assign(this, { map, ground, words, onBack, isSample: Boolean(streets?.is_sample) });
    this.word = new Word().addTo(map).getContainer();
    this.asked = 0;
    this.#limit(this.most);
    map.on("moveend", () => this.settle());
  }

  // Before anybody knows what is there.
  get most() {
    return this.ground.mayHaveStreets ? WITH_STREETS : WITHOUT_STREETS;
  }

  // How close one may come to a point.
  async closestAt(point) {
    return (await this.ground.hasStreets(point, WITH_STREETS)) ? WITH_STREETS : WITHOUT_STREETS;
  }

  // A move of ours may go anywhere.
  open() {
    this.map.options.maxZoom = this.most;
  }

  async settle() {
    this.asked += 1;
    const mine = this.asked;
    const zoom = this.map.getZoom();
    const isClose = zoom >= WITHOUT_STREETS;
    const isThere = isClose && (await this.#areInView(zoom));
    if (mine !== this.asked || !this.map.getPane("mapPane")) return; // overtaken, or the map is gone
    this.#limit(isClose && !isThere ? WITHOUT_STREETS : this.most);
    const word = isThere ? (this.isSample ? this.words.sample : "") : isClose ? this.words.none : "";
    this.word.textContent = word ?? "";
    this.word.hidden = !word;
  }

  // In the middle of what is seen, or half-way to a corner of it.
  async #areInView(zoom) {
    const inner = this.map.getBounds().pad(-0.25);
    const corners = [inner.getNorthWest(), inner.getNorthEast(), inner.getSouthWest(), inner.getSouthEast()];
    for (const { lat, lng } of [this.map.getCenter(), ...corners])
      if (await this.ground.hasStreets({ lat, lon: lng }, zoom)) return true;
    return false;
  }

  #limit(zoom) {
    if (this.map.options.maxZoom === zoom) return;
    if (this.asked && this.map.getZoom() > zoom) this.onBack();
    this.map.setMaxZoom(zoom);
  }
}
