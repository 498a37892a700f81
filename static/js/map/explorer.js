// What the visitor looks at and what is shown of it: every change of state goes through here, asks, and shows.

import { writeFragment } from "#lib/history.js";
import { ApiError } from "#map/api.js";
import { PLACES } from "#map/filter-names.js";
import {
  cleared,
  emptyState,
  formatFragment,
  isFiltered,
  isLost,
  isQuestion,
  parseFragment,
  withoutParams,
  withUnread,
  withValue,
} from "#map/state.js";
import { boundsOfAnswer } from "#map/view.js";

// A change of these means another part of the world: the map goes where the results are.
const MOVES_MAP = [...PLACES, "near", "q"];
const NEAR_ZOOM = 9;

export class Explorer {
  // `parts` = { view, questions, filters, list, markers, places, search, sheet }; `config` is that of the page
  constructor(parts, { config, t, words }) {
    Object.assign(this, parts, { config, t });
    this.state = this.#firstState(words);
    this.page = 1;
  }

  // The fragment says all; without one, the filters with which the server has drawn the list.
  #firstState(q) {
    const { hash } = window.location;
    const { filters, sort, unread } = this.config.initial;
    return isQuestion(hash) ? { ...parseFragment(hash), q } : { ...emptyState(), filters, sort, unread, q };
  }

  start() {
    const isDrawn = !isQuestion(window.location.hash);
    if (!isDrawn) this.list.forget();
    this.view.show(this.state.view);
    return this.refresh({ fit: !this.state.view && isFiltered(this.state), isDrawn });
  }

  change(state, params) {
    const fit = params.some((param) => MOVES_MAP.includes(param));
    const unread = params.includes("sort") ? state.unread : [];
    this.state = { ...state, unread, view: fit ? null : state.view };
    if (!this.state.near && this.state.sort === "distance") this.state.sort = "";
    return this.refresh({ fit, isNew: true });
  }

  set(param, code, isOn) {
    return this.change(withValue(this.state, param, code, isOn), [param]);
  }

  // Without a code the whole filter goes; `off` is a condition of the words, which are asked again without it.
  drop(param, code) {
    if (param === "off") return this.change({ ...this.state, off: [...this.state.off, code] }, ["q"]);
    if (param === "near") return this.change({ ...this.state, near: null }, ["near"]);
    if (param === "q") return this.change({ ...this.state, q: "", off: [] }, ["q"]);
    return code ? this.set(param, code, false) : this.clear([param]);
  }

  clear(params) {
    return this.change(withoutParams(this.state, params), params);
  }

  reset() {
    return this.change(cleared(this.state), ["country"]);
  }

  showAll() {
    return this.change({ ...this.state, view: null }, ["country"]);
  }

  say(words) {
    return this.change({ ...this.state, q: words, off: [], sort: "" }, ["q"]);
  }

  sortBy(code) {
    return this.change({ ...this.state, sort: code === "best" ? "" : code }, ["sort"]);
  }

  goNear(near) {
    this.state = { ...this.state, near, sort: "", view: null, unread: [] };
    this.view.markPosition(near.lat, near.lon, near.mine ? this.t("you_are_here") : near.name);
    this.view.goTo(near.lat, near.lon, NEAR_ZOOM);
    return this.refresh({ isNew: true });
  }

  // The list follows the visitor's hand, without waiting rows and without jumping. After a move of ours (to a result,
  // to a popup) it stays, and only the pins change: another zoom has other clusters.
  moved(isVisitors) {
    if (!isVisitors) return this.#refreshPins();
    this.state = { ...this.state, view: this.view.where() };
    return this.refresh({});
  }

  addressChanged() {
    const { hash } = window.location;
    if (hash.length > 1 && !isQuestion(hash)) return;
    const state = { ...parseFragment(hash), q: this.state.q };
    if (formatFragment(state) === formatFragment(this.state) && !state.unread.length) return;
    this.state = state;
    if (state.view) this.view.show(state.view);
    this.refresh({ fit: !state.view, isNew: true });
  }

  // The link of a lost state stays as it came: without it, the page would show everything when it is opened again.
  writeAddress() {
    if (isLost(this.state)) return;
    writeFragment(formatFragment(this.state), this.config.embed);
  }

  // `fit` moves the map to the results, `isNew` shows that other results are coming, `isDrawn` leaves the server's list.
  refresh({ fit = false, isNew = false, isDrawn = false } = {}) {
    this.page = 1;
    this.writeAddress();
    this.filters.show(this.state);
    this.search.set(this.state.q);
    if (isLost(this.state)) return this.#showNothing();
    if (isNew) this.list.wait();
    return this.#guarded(async () => {
      const { listings, map } = await this.questions.ask(this.state, { isWhole: fit, withList: !isDrawn });
      this.#showMap(map);
      if (fit) this.#fit(map);
      if (listings) this.#showList(listings);
    });
  }

  #showNothing() {
    this.questions.forget();
    this.markers.update({ clusters: [], points: [] });
    this.list.lose(this.state.unread);
  }

  // What the server does not know leaves the question; what is left of it is asked again.
  #leaveOut(error) {
    const state = withUnread(this.state, error.unread);
    if (error.kind !== "input" || state.unread.length === this.state.unread.length) return false;
    this.state = state;
    this.refresh({ fit: !state.view, isNew: true });
    return true;
  }

  more() {
    return this.#guarded(async () => {
      const answer = await this.questions.more(this.state, this.page + 1);
      this.page += 1;
      this.#showList(answer, true);
    });
  }

  openCluster(cluster, opener) {
    return this.#guarded(async () => {
      const target = await this.places.insideCluster(cluster, () => this.questions.inside(this.state, cluster), opener);
      if (target) this.view.into(target);
    });
  }

  // Troubles of asking are told above the list; mistakes of ours go where all errors go.
  async #guarded(act) {
    try {
      await act();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.kind !== "aborted" && !this.#leaveOut(error)) this.list.fail(error);
    }
  }

  #refreshPins() {
    if (isLost(this.state)) return Promise.resolve();
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
    this.filters.showMeant(this.state, listings.understood);
    this.list.render(listings, { total, unplaced, append, isWhole: !this.state.view });
    if (this.state.unread.length) this.list.tellUnread(this.state.unread);
    this.places.restore();
  }
}
