// The list beside the map: cards, the line above them, waiting, failing, nothing found.

import { h, icon, keepServed } from "#lib/dom.js";
import { Press } from "#lib/press.js";
import { FILTERS } from "#map/filter-names.js";
import { guideTo, nothing } from "#map/nothing.js";
import { tail } from "#map/tail.js";

const SKELETON_AFTER_MS = 150;
const SKELETON_ROWS = 5;
const MINUTE = 60_000;
const LONGEST_TOLD = 40;
const LATER = { remote: "reach_remote", far: "reach_far", elsewhere: "reach_elsewhere" };

export function ageText(t, since, now = Date.now()) {
  const minutes = Math.floor((now - since) / MINUTE);
  if (minutes < 1) return t("just_now");
  return minutes < 60 ? t("minutes_ago", { n: minutes }) : t("hours_ago", { n: Math.floor(minutes / 60) });
}

export class List {
  // `on` = { more(), showAll(), retry(), reset(), drop(param, code) }; `names` tells the name of a filter value
  constructor(root, { cards, t, on, names }) {
    Object.assign(this, { root, cards, t, on, names });
    const find = (name) => root.querySelector(`[data-${name}]`);
    Object.assign(this, {
      summary: find("summary"),
      announce: find("announce"),
      state: find("state"),
      items: find("cards"),
      more: find("more"),
      results: find("results"),
      understood: find("understood"),
      scrollers: [find("sheet-scroll"), find("side-scroll")],
    });
    this.press = new Press(this.results);
    this.loadedAt = Date.now();
  }

  // What the page shows answers another question: it goes at once, however the asking ends.
  forget() {
    keepServed(this.items, this.more, this.summary);
    this.items.replaceChildren();
    this.#clearAround();
    this.summary.textContent = "…";
  }

  // Skeleton rows, but only when the answer takes a while.
  wait() {
    clearTimeout(this.timer);
    this.isOther = true;
    this.timer = setTimeout(() => {
      const rows = Array.from({ length: SKELETON_ROWS }, () =>
        h("li", { class: "skeleton", "aria-hidden": "true" }, h("span"), h("span"), h("span")),
      );
      keepServed(this.items, this.more);
      this.items.replaceChildren(...rows);
      this.#clearAround();
      this.results.setAttribute("aria-busy", "true");
    }, SKELETON_AFTER_MS);
  }

  #settle() {
    clearTimeout(this.timer);
    this.isOther = false;
    this.results.removeAttribute("aria-busy");
    this.state.hidden = true;
    this.#removeAlternatives();
  }

  #removeAlternatives() {
    for (const old of this.root.querySelectorAll(".alternatives")) old.remove();
  }

  #clearAround() {
    this.more.replaceChildren();
    this.#removeAlternatives();
    this.state.hidden = true;
  }

  // `total` counts what fits anywhere, `answer.count` what fits in view; `unplaced` has no point on the map.
  render(answer, { total = answer.count, unplaced = 0, append = false, isWhole = true, isByReach = true } = {}) {
    this.#settle();
    this.loadedAt = Date.now();
    if (!append) this.reach = "";
    const rows = answer.results.flatMap((listing) => this.#rows(listing, isByReach));
    const isSame = !append && this.#isShown(rows);
    if (append) this.items.append(...rows);
    else if (!isSame) this.items.replaceChildren(...rows);
    this.#summarise(answer);
    this.#sayUnderstood(answer.understood);
    this.more.replaceChildren(...tail(answer, { total, unplaced, isWhole }, this));
    if (answer.guide) this.items.before(guideTo(answer.guide, this));
    if (answer.count === 0 && !(answer.guide && total === 0)) this.more.before(nothing(answer, total, this));
    if (!append && !isSame) this.scroll = 0;
  }

  // A map that was moved a little has the same to say: who reads on is not thrown to the top, nothing moves.
  #isShown(rows) {
    const { children } = this.items;
    return rows.length === children.length && rows.every((row, place) => row.isEqualNode(children[place]));
  }

  // A card, and where what is within reach ends, a line that says what comes now.
  #rows(listing, isByReach) {
    const { reach = "" } = listing;
    const isNext = isByReach && reach !== this.reach && reach in LATER;
    this.reach = reach;
    const line = isNext ? [h("li", { class: "reach" }, h("h3", {}, this.t(LATER[reach])))] : [];
    return [...line, h("li", {}, this.cards.card(listing))];
  }

  // On a phone the sheet scrolls, on a wide screen all that stands at the side of the map.
  get scroll() {
    return Math.max(...this.scrollers.map((element) => element.scrollTop));
  }

  set scroll(top) {
    for (const element of this.scrollers) element.scrollTop = top;
  }

  // A link of which nothing is left: no services, never all of them.
  lose(unread) {
    this.#settle();
    this.forget();
    this.#summarise({ count: 0, places: 0 });
    this.#sayUnderstood(null);
    const text = `${this.#unreadText(unread)} ${this.t("nothing_left")}`;
    this.#note("triangle-alert", text, this.t("show_everything"), () => this.on.reset());
  }

  tellUnread(unread) {
    this.#note("triangle-alert", this.#unreadText(unread));
  }

  #unreadText(unread) {
    const told = unread.map(([param, text]) => (FILTERS.includes(param) ? text : `${param}=${text}`));
    const quoted = told.map((text) => this.t("quoted", { text: text.slice(0, LONGEST_TOLD) }));
    return this.t("left_out", { values: this.t.row(quoted) });
  }

  #summarise({ count, places }) {
    const services = this.t("services", { n: count });
    const where = places ? this.t("in_places", { n: places }) : "";
    this.summary.replaceChildren(services, " ", h("span", { class: "quiet" }, where));
    this.announce.textContent = `${services} ${where}`.trim();
  }

  // Said only where the words were read otherwise than they stand; what they named stands on chips.
  #sayUnderstood(understood) {
    const { corrected, left_out: leftOut } = understood ?? {};
    this.understood.hidden = !(corrected || leftOut);
    this.understood.textContent = [
      corrected ? this.t("understood", { words: corrected }) : "",
      leftOut ? this.t("words_left_out", { words: leftOut }) : "",
    ]
      .filter(Boolean)
      .join(" · ");
  }

  // The last answer stays and says how old it is, unless it answers another question than the one that failed. A
  // refusal of the server is shown in its own words.
  fail(error) {
    clearTimeout(this.timer);
    this.results.removeAttribute("aria-busy");
    if (this.isOther) this.forget();
    const hasRows = this.items.childElementCount > 0;
    const age = ageText(this.t, this.loadedAt);
    const text =
      error.kind === "input" && error.message
        ? error.message
        : hasRows
          ? this.t(error.kind === "network" ? "offline" : "server_trouble", { age })
          : this.t("nothing_loaded");
    this.#note("wifi-off", text, this.t("retry"), () => this.on.retry());
  }

  #note(sign, text, action, act) {
    const button = action ? h("button", { class: "linkish", type: "button", onclick: () => act() }, action) : null;
    const words = h("p", {}, `${text} `, button);
    this.state.replaceChildren(h("div", { class: "note warn", role: "alert" }, icon(sign), words));
    this.state.hidden = false;
  }

  find(placeId) {
    return this.items.querySelector(`[data-place="${CSS.escape(placeId)}"]`);
  }

  // Marks the cards of these places; none for an empty list.
  mark(placeIds, className) {
    for (const card of this.items.querySelectorAll(`.${className}`)) card.classList.remove(className);
    for (const id of placeIds) {
      for (const card of this.items.querySelectorAll(`[data-place="${CSS.escape(id)}"]`)) card.classList.add(className);
    }
  }
}
