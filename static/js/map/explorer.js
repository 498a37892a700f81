// What the visitor looks at and what is shown of it: every change of state goes through here, asks, and shows.

import { writeFragment } from "#lib/history.js";
import { ApiError } from "#map/api.js";
import { boundsAround, boundsOfAnswer } from "#map/bounds.js";
import { emptyState, formatFragment, isFiltered, isLost, isQuestion, parseFragment, withUnread } from "#map/state.js";
import { Wishes } from "#map/wishes.js";

const MOST_PAGES = 5;

export class Explorer extends Wishes {
  // `parts` = { view, questions, filters, lands, list, markers, places, search, sheet, start, seen }; `config` is the
  // page's; `left` is how the page was left (`look`), null when somebody comes anew
  constructor(parts, { config, t, words, left = null }) {
    super();
    Object.assign(this, parts, { config, t });
    const here = formatFragment(parseFragment(window.location.hash));
    this.left = left && formatFragment(left.state) === here ? left : null;
    this.state = this.held(this.left?.state ?? this.#firstState(words));
    this.page = 1;
  }

  // All that "back" brings back.
  look() {
    const { state, page, view, list, sheet, start } = this;
    return { state, page, shown: view.where(), scroll: list.scroll, stop: sheet.stop, isAsking: start.isOpen };
  }

  // The fragment says all; without one, the filters with which the server has drawn the list.
  #firstState(q) {
    const { hash } = window.location;
    const { filters, sort, unread } = this.config.initial;
    return isQuestion(hash) ? { ...parseFragment(hash), q } : { ...emptyState(), filters, sort, unread, q };
  }

  async begin() {
    const { left } = this;
    const isDrawn = !left && !isQuestion(window.location.hash);
    if (!isDrawn) this.list.forget();
    if (left) this.start.resume(left.isAsking);
    this.view.show(left?.shown ?? this.state.view);
    await this.refresh({ fit: !left && !this.state.view && isFiltered(this.state), isDrawn });
    if (left) await this.#restore(left);
    else await this.#openPlace();
  }

  async #restore({ page, stop, scroll }) {
    if (stop !== this.sheet.stop) this.sheet.moveTo(stop);
    while (this.page < Math.min(page, MOST_PAGES)) if (!(await this.more())) break;
    await this.#openPlace();
    this.list.scroll = scroll;
  }

  // Who follows a link to a place that is no more sees the map.
  async #openPlace() {
    const { place } = this.state;
    if (!place || place === this.places.placeId) return;
    await this.#guarded(
      () => this.places.show(place),
      () => this.placed(""),
    );
  }

  placed(place) {
    this.state = { ...this.state, place };
    this.writeAddress();
  }

  // The list follows the visitor's hand, without waiting rows or jumps. After a move of ours only the pins change.
  moved(isVisitors) {
    if (!isVisitors) return this.#refreshPins();
    this.state = { ...this.state, view: this.view.where() };
    return this.refresh({});
  }

  addressChanged() {
    const { hash } = window.location;
    if (hash.length > 1 && !isQuestion(hash)) return;
    const { q, off, near } = this.state;
    const read = parseFragment(hash);
    const state = { ...this.held(read), q, off, near: read.near ?? (near?.mine ? near : null) };
    const [before, after] = [this.state, state].map((one) => formatFragment({ ...one, place: "" }));
    this.state = state;
    this.#openPlace();
    if (before === after && !state.unread.length) return;
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
    const turn = {};
    Object.assign(this, { turn, page: 1 });
    this.writeAddress();
    this.filters.show(this.state);
    this.start.show(this.state);
    this.lands?.(this.state.filters.country, this.state.filters.service);
    this.search.set(this.state.q);
    this.#markNear();
    if (isLost(this.state)) return this.#showNothing();
    if (isNew) this.list.wait();
    return this.#guarded(async () => {
      const { listings, map } = await this.questions.ask(this.state, {
        isWhole: fit,
        withList: !isDrawn,
        isFirst: isDrawn,
      });
      if (this.list.press.isDown) await this.list.press.released();
      if (turn !== this.turn) return; // another question was asked meanwhile
      this.#showMap(map);
      if (fit) this.#fit(map, listings);
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
      return true;
    });
  }

  openCluster(cluster, opener) {
    const ask = () => this.questions.inside(this.state, cluster);
    return this.#guarded(() => this.places.openCluster(cluster, ask, opener));
  }

  // Troubles of asking are told above the list, unless `rescue` knows better; mistakes of ours go where all errors go.
  async #guarded(act, rescue = null) {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (rescue) return rescue();
      if (error.kind !== "aborted" && !this.#leaveOut(error)) this.list.fail(error);
      return null;
    }
  }

  #refreshPins() {
    if (isLost(this.state)) return Promise.resolve();
    return this.#guarded(async () => {
      const map = await this.questions.pins(this.state);
      if (map) this.#showMap(map);
    });
  }

  // Near a place: that place with the nearest results.
  #fit(map, listings) {
    const { near } = this.state;
    const all = isFiltered(this.state) ? boundsOfAnswer(map) : this.view.home;
    const bounds = near ? boundsAround(near, listings.results) : all;
    if (bounds) this.view.fit(bounds);
  }

  #markNear() {
    const { near } = this.state;
    this.view.markPosition(near, near?.mine ? this.t("you_are_here") : (near?.name ?? ""));
  }

  #showMap(map) {
    this.answer = map;
    this.markers.update(map);
    this.filters.showCounts(map.counts);
    this.filters.showTotal(this.t("show_services", { n: map.total }));
    this.seen?.asked(this.state, map.total);
  }

  #showList(listings, append = false) {
    const { total, unplaced } = this.answer;
    this.filters.showMeant(this.state, listings.understood);
    const isByReach = this.state.sort !== "checked";
    this.list.render(listings, { total, unplaced, append, isWhole: !this.state.view, isByReach });
    if (this.state.unread.length) this.list.tellUnread(this.state.unread);
    this.places.restore();
  }
}
