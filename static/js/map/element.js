// <service-map>: takes over the list and the filters that the server has drawn, and adds the map. The map page, the
// members' map and the embed are the same element with another configuration.

import { Layers } from "#lib/history.js";
import { makeTexts } from "#lib/text.js";
import { Api } from "#map/api.js";
import { Cards } from "#map/card.js";
import { Explorer } from "#map/explorer.js";
import { Filters } from "#map/filters.js";
import { List } from "#map/list.js";
import { Markers } from "#map/markers.js";
import { Near } from "#map/near.js";
import { Panels } from "#map/panels.js";
import { Places } from "#map/places.js";
import { Popups } from "#map/popup.js";
import { Questions } from "#map/questions.js";
import { Search } from "#map/search.js";
import { Sheet } from "#map/sheet.js";
import { installTools } from "#map/tools.js";
import { View } from "#map/view.js";

class ServiceMap extends HTMLElement {
  connectedCallback() {
    const config = JSON.parse(document.getElementById(this.dataset.config).textContent);
    const t = makeTexts(config.texts, config.lang);
    const csrfToken = this.querySelector('[name="csrfmiddlewaretoken"]')?.value;
    this.api = new Api({ base: config.api, language: config.lang, csrfToken });
    this.layers = new Layers();
    const parts = { ...this.#mapParts(config, t), ...this.#listParts(config, t) };
    const words = parts.search.asked;
    this.explorer = new Explorer(this.#joined(parts, config, t), { config, t, words });
    this.#listen(t);
    this.explorer.start();
  }

  #mapParts(config, t) {
    const sheet = new Sheet(this);
    const view = new View(this.querySelector("[data-map]"), config, { t, padding: () => sheet.covered });
    return { sheet, view, questions: new Questions(this.api, view) };
  }

  #listParts(config, t) {
    const cards = new Cards({ families: config.families, t, language: config.lang, isEmbed: config.embed });
    const filters = new Filters(this, {
      t,
      on: {
        change: (param, code, isOn) => this.explorer.set(param, code, isOn),
        drop: (param, code) => this.explorer.drop(param, code),
        reset: () => this.explorer.reset(),
      },
    });
    const list = new List(this, {
      t,
      cards,
      names: (param, code) => filters.nameOf(param, code),
      on: {
        more: () => this.explorer.more(),
        retry: () => this.explorer.refresh(),
        reset: () => this.explorer.reset(),
        showAll: () => this.explorer.showAll(),
        drop: (param, code) => this.explorer.drop(param, code),
      },
    });
    const search = new Search(this, { onWords: (words) => this.explorer.say(words) });
    return { cards, filters, list, search };
  }

  // Pins, cards and popups answer to each other.
  #joined(parts, { families }, t) {
    const popups = new Popups({ cards: parts.cards, families, api: this.api, t });
    const places = new Places(this, { ...parts, layers: this.layers, popups });
    const markers = new Markers(parts.view.map, {
      families,
      t,
      on: {
        place: (spot, marker) => places.open(spot, marker.getElement()),
        cluster: (cluster, element) => this.explorer.openCluster(cluster, element),
        hover: (ids) => parts.list.mark(ids, "is-answering"),
        drawn: (boxes) => parts.view.makeRoom(boxes),
      },
    });
    places.markers = markers;
    return { ...parts, places, markers };
  }

  #listen(t) {
    const { explorer } = this;
    const panels = new Panels(this, { layers: this.layers, onClear: (params) => explorer.clear(params) });
    const near = (position) => {
      if (panels.open) panels.close();
      explorer.goNear(position);
    };
    new Near(this, { api: this.api, t, onNear: near });
    installTools(this, explorer.view);
    explorer.view.onMove((isVisitors) => explorer.moved(isVisitors));
    this.layers.onBack = () => explorer.writeAddress();
    window.addEventListener("hashchange", () => explorer.addressChanged());
    this.addEventListener("trouble", ({ detail }) => explorer.list.fail({ kind: "input", message: detail }));
    this.querySelector("[data-sort-options]").addEventListener("click", (event) => this.#sort(event));
    for (const element of this.querySelectorAll("[data-needs-script]")) element.hidden = false;
  }

  #sort(event) {
    const option = event.target.closest("[data-sort]");
    if (!option) return;
    event.preventDefault();
    option.closest("details").open = false;
    this.explorer.sortBy(option.dataset.sort);
  }
}

customElements.define("service-map", ServiceMap);
