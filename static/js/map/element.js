// <service-map>: takes over the list and the filters that the server has drawn, and adds the map. The map page, the
// members' map and the embed are the same element with another configuration.

import { Layers } from "#lib/history.js";
import { makeTexts } from "#lib/text.js";
import { Api, ApiError } from "#map/api.js";
import { Cards } from "#map/card.js";
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
import { cleared, emptyState, formatFragment, isFiltered, parseFragment, withValue, withoutParams } from "#map/state.js";
import { installTools } from "#map/tools.js";
import { View, boundsOfAnswer } from "#map/view.js";

// A change of these means another part of the world: the map goes where the results are.
const MOVES_MAP = ["country", "city", "near", "q", "organization"];
const NEAR_ZOOM = 9;

class ServiceMap extends HTMLElement {
  connectedCallback() {
    const config = JSON.parse(document.getElementById(this.dataset.config).textContent);
    this.config = config;
    this.t = makeTexts(config.texts, config.lang);
    const csrfToken = this.querySelector('[name="csrfmiddlewaretoken"]')?.value;
    this.api = new Api({ base: config.api, language: config.lang, csrfToken });
    this.state = this.#firstState();
    this.page = 1;
    this.#build();
    this.#listen();
    this.view.show(this.state.view);
    this.#refresh({ fit: !this.state.view && isFiltered(this.state), isFirst: true });
  }

  // The fragment says all; without one, the filters with which the server has drawn the list.
  #firstState() {
    const { hash } = window.location;
    const { filters, sort } = this.config.initial;
    const q = this.querySelector('[data-search] input[type="search"]').value.trim();
    return hash.length > 1 ? { ...parseFragment(hash), q } : { ...emptyState(), filters, sort, q };
  }

  #build() {
    const { config, t } = this;
    const families = config.families;
    const layers = new Layers();
    this.cards = new Cards({ families, t, language: config.lang, isEmbed: config.embed });
    this.sheet = new Sheet(this, { onChange: () => this.view?.map.fire("viewreset") });
    this.view = new View(this.querySelector("[data-map]"), config, { label: t("map"), padding: () => this.sheet.covered });
    this.questions = new Questions(this.api, this.view);
    this.filters = new Filters(this, {
      t,
      on: {
        change: (param, code, isOn) => this.#change(withValue(this.state, param, code, isOn), [param]),
        drop: (param, code) => this.#drop(param, code),
        reset: () => this.#change({ ...cleared(this.state), view: null }, ["country"]),
      },
    });
    this.panels = new Panels(this, { layers, onClear: (params) => this.#change(withoutParams(this.state, params), params) });
    this.list = new List(this, {
      t, cards: this.cards, names: (param, code) => this.filters.nameOf(param, code),
      on: {
        more: () => this.#more(),
        retry: () => this.#refresh({}),
        showAll: () => this.#change({ ...this.state, view: null }, ["near"]),
        showUnplaced: () => this.#change({ ...this.state, view: null }, ["near"]),
        drop: (param, code) => this.#drop(param, code),
      },
    });
    this.places = new Places(this, {
      layers, list: this.list, view: this.view, sheet: this.sheet,
      popups: new Popups({ cards: this.cards, families, api: this.api, t }),
    });
    this.markers = new Markers(this.view.map, {
      families, t,
      on: {
        place: (spot, marker) => this.places.open(spot, marker.getElement()),
        cluster: (cluster) => this.#openCluster(cluster),
        hover: (ids) => this.list.mark(ids, "is-answering"),
      },
    });
    this.markers.onDrawn = (boxes) => this.view.makeRoom(boxes);
    this.places.markers = this.markers;
    this.search = new Search(this, { onWords: (q) => this.#change({ ...this.state, q, sort: "" }, ["q"]) });
    this.near = new Near(this, { api: this.api, t, onNear: (near) => this.#goNear(near) });
    installTools(this, this.view);
    this.layers = layers;
    this.setAttribute("ready", "");
  }

  #listen() {
    this.view.onMove((isVisitors) => this.#moved(isVisitors));
    this.layers.onBack = () => this.#writeFragment();
    window.addEventListener("hashchange", () => this.#addressChanged());
    this.addEventListener("trouble", ({ detail }) => this.list.fail({ kind: "input", message: detail }));
    this.querySelector("[data-sort-options]").addEventListener("click", (event) => {
      const option = event.target.closest("[data-sort]");
      if (!option) return;
      event.preventDefault();
      option.closest("details").open = false;
      this.#change({ ...this.state, sort: option.dataset.sort === "best" ? "" : option.dataset.sort }, ["sort"]);
    });
    for (const element of this.querySelectorAll("[data-needs-script]")) element.hidden = false;
  }

  #change(state, params) {
    const fit = params.some((param) => MOVES_MAP.includes(param));
    this.state = fit ? { ...state, view: null } : state;
    if (!this.state.near && this.state.sort === "distance") this.state.sort = "";
    this.#refresh({ fit, isNew: true });
  }

  #drop(param, code) {
    if (param === "near") this.#change({ ...this.state, near: null }, ["near"]);
    else if (param === "q") this.#change({ ...this.state, q: "" }, ["q"]);
    else if (code) this.#change(withValue(this.state, param, code, false), [param]);
    else this.#change(withoutParams(this.state, [param]), [param]);
  }

  #goNear(near) {
    if (this.panels.open) this.panels.close();
    this.state = { ...this.state, near, sort: "", view: null };
    this.view.markPosition(near.lat, near.lon, near.mine ? this.t("you_are_here") : near.name);
    this.view.goTo(near.lat, near.lon, NEAR_ZOOM);
    this.#refresh({ isNew: true });
  }

  // The list follows the visitor's hand, without waiting rows and without jumping. After a move of ours (to a result,
  // to a popup) it stays, and only the pins change: another zoom has other clusters.
  #moved(isVisitors) {
    if (!isVisitors) {
      this.#refreshPins();
      return;
    }
    this.state = { ...this.state, view: this.view.where() };
    this.#refresh({});
  }

  #addressChanged() {
    const state = { ...parseFragment(window.location.hash), q: this.state.q };
    if (formatFragment(state) === formatFragment(this.state)) return;
    this.state = state;
    if (state.view) this.view.show(state.view);
    this.#refresh({ fit: !state.view, isNew: true });
  }

  #writeFragment() {
    const fragment = formatFragment(this.state);
    const query = this.config.embed ? window.location.search : "";
    const address = window.location.pathname + query + (fragment ? `#${fragment}` : "");
    window.history.replaceState(window.history.state, "", address);
  }

  async #refresh({ fit = false, isNew = false, isFirst = false }) {
    const isDrawn = isFirst && window.location.hash.length < 2;
    this.page = 1;
    this.#writeFragment();
    this.filters.show(this.state);
    this.search.set(this.state.q);
    if (isNew) this.list.wait();
    await this.#guarded(async () => {
      const { listings, map } = await this.questions.ask(this.state, { isWhole: fit, withList: !isDrawn });
      this.#showMap(map);
      if (fit) this.#fit(map);
      if (listings) this.#showList(listings);
    });
  }

  // Troubles of asking are told above the list; mistakes of ours go where all errors go.
  async #guarded(act) {
    try {
      await act();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.kind !== "aborted") this.list.fail(error);
    }
  }

  #refreshPins() {
    return this.#guarded(async () => {
      const map = await this.questions.pins(this.state);
      if (map) this.#showMap(map);
    });
  }

  #fit(map) {
    const bounds = isFiltered(this.state) ? boundsOfAnswer(map) : this.view.home;
    if (bounds) this.view.fit(bounds);
  }

  #showMap(map) {
    this.answer = map;
    this.markers.update(map);
    this.filters.showCounts(map.counts);
    this.filters.showTotal(this.t("show_services", { n: map.total }));
  }

  #showList(listings, append = false) {
    const { total, unplaced } = this.answer;
    this.list.render(listings, { total, unplaced, append, isWhole: !this.state.view });
    this.places.restore();
  }

  async #more() {
    await this.#guarded(async () => {
      const answer = await this.questions.more(this.state, this.page + 1);
      this.page += 1;
      this.#showList(answer, true);
    });
  }

  async #openCluster(cluster) {
    await this.#guarded(async () => {
      const target = await this.places.insideCluster(cluster, () => this.questions.inside(this.state, cluster));
      if (!target) return;
      this.view.isVisitors = true;
      this.view.fit(target, { maxZoom: 15 });
    });
  }
}

customElements.define("service-map", ServiceMap);
