// A listing as a card: the twin of templates/maps/_card.html, for answers that come after the page.

import { h, hiddenText, icon, isolated, pin } from "#lib/dom.js";
import { isPicked } from "#lib/picks.js";

const LANGUAGES_SHOWN = 3;
const TYPES_SHOWN = 3;
const CAPACITY_ICONS = { free: "circle-check", limited: "circle-minus", full: "circle-x", out_of_stock: "ban" };
const SEAL_ICONS = { fresh: "badge-check", due: "hourglass" };

export const isStale = (listing) => ["overdue", "lapsed"].includes(listing.freshness);

export function seal({ freshness, checked }) {
  return h(
    "span",
    { class: `seal ${freshness}` },
    icon(SEAL_ICONS[freshness] ?? "circle-question-mark"),
    h("span", {}, checked.text),
  );
}

export function openState({ state, text }) {
  return h("span", { class: `open-state ${state}` }, text);
}

// Whether there are places, and how long ago that was said. A card says nothing of what is not known.
function capacityLine(capacity) {
  if (!capacity || capacity.level === "unknown") return null;
  const text = h("span", {}, capacity.text, h("span", { class: "quiet" }, ` · ${capacity.reported_text}`));
  return h("p", {}, h("span", { class: `capacity ${capacity.level}` }, icon(CAPACITY_ICONS[capacity.level]), text));
}

// Where a mobile point stands next; where help comes.
function comingLine(sign, text) {
  return text ? h("p", { class: "card-coming" }, icon(sign), text) : null;
}

export function formatKilometres(distance, t) {
  return t.number(distance, distance < 10 ? 1 : 0);
}

// What the yearly review says: to members what and why, to everybody when.
function reviewLine(review) {
  if (!review) return null;
  const text = h("span", { class: "quiet" }, review.text);
  if (!review.words) return h("p", { class: "card-review" }, text);
  return h("p", { class: "card-review" }, h("span", { class: "strong" }, review.words), " · ", text);
}

// Whose it is and where; for what has no point, how help comes.
function whereText(listing, t) {
  const [of, at] = [listing.organization, listing.city || listing.country_name];
  const place = [isolated(of), of && at ? ", " : "", isolated(at)];
  return isPlaced(listing) ? place : [...place, ` · ${t.row(listing.delivery_text.map(t.lower))}`];
}

const isPlaced = ({ lat }) => lat !== null && lat !== undefined;

function languages({ languages: names }, t) {
  const more = names.length - LANGUAGES_SHOWN;
  return t.row(names.slice(0, LANGUAGES_SHOWN)) + (more > 0 ? ` +${more}` : "");
}

function tag(text, kind = "") {
  return h("span", { class: `tag ${kind}`.trim() }, text);
}

function tags(listing, t) {
  return h(
    "p",
    { class: "tags" },
    listing.place_kind ? tag(listing.place_kind.text, "accent") : null,
    listing.operation.code === "working" ? null : tag(listing.operation.text, "warn"),
    listing.cost.code === "free" ? tag(listing.cost.text) : null,
    listing.documents_none ? tag(t("no_documents")) : null,
    listing.anonymous ? tag(t("anonymous")) : null,
    listing.types
      .slice(0, TYPES_SHOWN)
      .filter((type) => type.name !== listing.title)
      .map((type) => tag(type.name, "type")),
  );
}

export class Cards {
  // `refer` is where members send somebody on; nobody else has it.
  constructor({ t, language, isEmbed, refer = "" }) {
    Object.assign(this, { t, language, isEmbed, refer });
  }

  pin(listing, size = "") {
    return pin(listing.family, { stale: isStale(listing), size });
  }

  // Out of an embed a place opens in a tab of its own.
  link(url, text) {
    return h("a", this.isEmbed ? { href: url, target: "_blank", rel: "noopener" } : { href: url }, text);
  }

  card(listing) {
    return h(
      "article",
      { class: "card", "data-listing": listing.id, "data-place": listing.place_id },
      this.pin(listing),
      h(
        "div",
        { class: "card-text" },
        h("h3", {}, this.link(listing.url, isolated(listing.title))),
        h("p", { class: "card-org" }, whereText(listing, this.t)),
        this.#facts(listing),
        comingLine("bus", listing.stay?.text),
        comingLine("navigation", listing.comes),
        capacityLine(listing.capacity),
        reviewLine(listing.review),
        listing.notice ? h("p", { class: "card-notice" }, icon("triangle-alert"), isolated(listing.notice)) : null,
        tags(listing, this.t),
        h("p", {}, seal(listing)),
        this.#referral(listing),
      ),
      this.star(listing),
      this.#showButton(listing),
    );
  }

  // Puts a service into the selection of this tab. An embed has no page to show one.
  star({ id, title }) {
    if (this.isEmbed) return null;
    const state = { "aria-pressed": String(isPicked(id)), "data-star": id };
    return h(
      "button",
      { class: "pick", type: "button", ...state },
      icon("star"),
      hiddenText(this.t("pick", { title })),
    );
  }

  #referral({ id }) {
    if (!this.refer) return null;
    const link = h("a", { href: `${this.refer}?listing=${id}` }, icon("arrow-right"), this.t("send_on"));
    return h("p", { class: "card-do" }, link);
  }

  #facts(listing) {
    const { distance_km: distance } = listing;
    const border = listing.is_abroad && listing.country_name ? `, ${listing.country_name}` : "";
    return h(
      "p",
      { class: "card-facts" },
      openState(listing.open),
      distance === null || distance === undefined
        ? null
        : h("span", { class: "tabular" }, this.t("kilometres", { n: formatKilometres(distance, this.t) }) + border),
      h("span", {}, languages(listing, this.t)),
    );
  }

  #showButton(listing) {
    if (!isPlaced(listing)) return null;
    return h(
      "button",
      {
        class: "card-show",
        type: "button",
        "data-show-on-map": listing.place_id,
        "data-lat": listing.lat,
        "data-lon": listing.lon,
      },
      icon("map-pin"),
      hiddenText(this.t("show_on_map", { title: listing.title })),
    );
  }
}
