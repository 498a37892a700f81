// <service-map>: takes over the list and the filters that the server has drawn, and adds the map. The map page, the
// members' map and the embed are the same element with another configuration.

import { breath } from "#lib/breath.js";
import { Layers } from "#lib/history.js";
import { seenOf } from "#lib/seen.js";
import { makeTexts } from "#lib/text.js";
import { Api } from "#map/api.js";
import { Cards } from "#map/card.js";
import { installDownload } from "#map/download.js";
import { Explorer } from "#map/explorer.js";
import { Filters } from "#map/filters.js";
import { installGaps } from "#map/gaps.js";
import { showLands } from "#map/lands.js";
import { List } from "#map/list.js";
import { Markers } from "#map/markers.js";
import { Memory } from "#map/memory.js";
import { Near } from "#map/near.js";
import { Panels } from "#map/panels.js";
import { Places } from "#map/places.js";
import { Popups } from "#map/popup.js";
import { Questions } from "#map/questions.js";
import { Search } from "#map/search.js";
import { Sheet } from "#map/sheet.js";
import { Start } from "#map/start.js";
import { embedQuery } from "#map/state.js";
import { installTools } from "#map/tools.js";
import { View } from "#map/view.js";

class ServiceMap extends HTMLElement {
  connectedCallback() {
    const config = JSON.parse(document.getElementById(this.dataset.config).textContent);
    const t = makeTexts(config.texts);
    const csrfToken = this.querySelector('[name="csrfmiddlewaretoken"]')?.value;
    this.api = new Api({ base: config.api, language: config.lang, csrfToken });
    this.layers = new Layers();
    this.memory = config.embed ? null : new Memory();
    const parts = { ...this.#mapParts(config, t), ...this.#listParts(config, t) };
    const words = parts.search.asked;
    this.explorer = new Explorer(this.#joined(parts, config, t), { config, t, words, left: this.memory?.left });
    this.memory?.keepWhenLeaving(() => this.explorer.look());
    this.#listen(t);
    breath().then(() => this.explorer.begin());
    this.explorer.seen.opened();
  }

  #mapParts(config, t) {
    const sheet = new Sheet(this);
    const view = new View(this.querySelector("[data-map]"), config, { t, padding: () => sheet.covered });
    return { sheet, view, questions: new Questions(this.api, view, config.first) };
  }

  #listParts(config, t) {
    const cards = new Cards({ t, language: config.lang, isEmbed: config.embed, refer: config.urls.refer });
    const filters = new Filters(this, {
      t,
      needs: config.needs,
      locked: config.locked,
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
        isLocked: (param) => param in config.locked,
      },
    });
    const search = new Search(this, {
      onWords: (words) => this.explorer.say(words),
      ask: (words) => this.api.suggestions(words),
      onMeant: (param, code) => this.explorer.mean(param, code),
    });
    const lands = (chosen, services) => showLands(this, chosen, services);
    return { cards, filters, lands, list, search };
  }

  // Pins, cards and popups answer to each other.
  #joined(parts, { families }, t) {
    const popups = new Popups({ cards: parts.cards, families, api: this.api, t });
    const onPlace = (id) => this.explorer.placed(id);
    const places = new Places(this, { ...parts, layers: this.layers, popups, onPlace });
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
    return { ...parts, places, markers, start: this.#start(parts), seen: seenOf(document) };
  }

  #start({ filters, list, sheet }) {
    const toList = () => {
      if (sheet.isNarrow) sheet.moveTo("full");
      list.summary.focus({ preventScroll: true });
      list.scroll = 0;
    };
    return new Start(this, {
      chips: (state) => filters.placeChips(state),
      on: {
        need: (codes) =>
          this.explorer.set("service", codes, true).then(() => list.summary.focus({ preventScroll: true })),
        remote: (codes, isOn) => this.explorer.set("delivery", codes, isOn),
        all: (opener) => this.panels.show("service", opener),
        pressed: (event) => filters.pressed(event),
        skip: () => {
          this.explorer.start.skip();
          toList();
        },
      },
    });
  }

  #listen(t) {
    const { explorer } = this;
    this.panels = new Panels(this, {
      layers: this.layers,
      onClear: (params) => explorer.clear(params),
      onOpen: (panel) => explorer.filters.unfold(panel),
    });
    this.#near(t);
    installTools(this, explorer.view);
    installGaps(this, explorer);
    installDownload(this, () => ({ state: explorer.state, bbox: explorer.state.view && explorer.view.bbox() }));
    explorer.view.onMove((isVisitors) => explorer.moved(isVisitors));
    this.layers.onBack = () => explorer.writeAddress();
    window.addEventListener("hashchange", () => {
      this.memory?.mark();
      explorer.addressChanged();
    });
    for (const link of this.querySelectorAll("[data-skip]"))
      link.addEventListener("click", (event) => this.#skip(event));
    this.querySelector("[data-sort-options]").addEventListener("click", (event) => this.#sort(event));
    const build = this.querySelector("[data-build-link]");
    build?.addEventListener("click", () => {
      build.search = embedQuery(explorer.state, explorer.view.bbox());
    });
    for (const element of this.querySelectorAll("[data-needs-script]")) element.hidden = false;
  }

  // Where somebody is, or says to be.
  #near(t) {
    const { explorer, panels } = this;
    const settled = (act) => {
      if (panels.open) panels.close();
      act();
    };
    new Near(this, {
      api: this.api,
      t,
      countries: () => explorer.filters.options("country"),
      on: {
        near: (position) => settled(() => explorer.goNear(position)),
        country: (code) => settled(() => explorer.set("country", code, true)),
        reveal: () => {
          if (explorer.start.isOpen) return explorer.start.place;
          if (panels.open?.dataset.panel !== "where") panels.show("where");
          return panels.open.querySelector("[data-near]");
        },
      },
    });
  }

  // Without the jump of a link, which would take the filters out of the address.
  #skip(event) {
    event.preventDefault();
    const target = this.querySelector(event.currentTarget.dataset.skip);
    target.focus();
    target.scrollIntoView({ block: "start" });
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
