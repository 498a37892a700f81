// What opens at a pin: a place with its services, or a choice when several places share the spot.

import { dialled, h, hiddenText, icon, isolated } from "#lib/dom.js";
import { openState, seal } from "#map/card.js";
import { waysOf } from "#map/ways.js";

const SERVICES_SHOWN = 5;
const OTHERS_SHOWN = 2;

// What was asked for stands first, in the order of the place; → [those, the others].
export function byMatch(listings, matched) {
  const isMatched = ({ id }) => matched.includes(id);
  const first = listings.filter(isMatched);
  return first.length ? [first, listings.filter((one) => !isMatched(one))] : [listings, []];
}

export class Popups {
  constructor({ cards, families, api, t }) {
    Object.assign(this, { cards, api, t });
    this.names = new Map(families.map((family) => [family.code, family.name]));
  }

  // Content for a spot. It says at once what is known and fills in the rest when the answer comes.
  forSpot(spot, { onClose, onPlace }) {
    const body = h("div", { class: "popup-body" });
    const root = h("section", { class: "popup" }, body, this.#closeButton(onClose));
    const open = (point) => {
      onPlace(point.id);
      this.#place(body, point, spot.points.length > 1 ? choose : null);
    };
    const choose = () => this.#choice(body, spot, open);
    if (spot.points.length > 1) choose();
    else open(spot.points[0]);
    return root;
  }

  #closeButton(onClose) {
    return h(
      "button",
      { class: "popup-close", type: "button", onclick: onClose },
      icon("x"),
      hiddenText(this.t("close")),
    );
  }

  #choice(body, spot, open) {
    const title = h("h3", { tabindex: "-1" }, this.t("several_places", { n: spot.points.length }));
    const item = (point) =>
      h(
        "li",
        {},
        h(
          "button",
          { class: "popup-choice", type: "button", onclick: () => open(point) },
          this.cards.pin({ family: point.family, freshness: point.stale ? "overdue" : "fresh" }, "s"),
          h(
            "span",
            {},
            h("span", { class: "strong" }, point.title),
            h("br"),
            h("span", { class: "small" }, this.t("place_services", { n: point.count })),
          ),
          icon("chevron-right"),
        ),
      );
    body.replaceChildren(title, h("ul", { class: "popup-choices", role: "list" }, spot.points.map(item)));
    focusInside(body, title);
  }

  async #place(body, point, back) {
    const title = h("h3", { tabindex: "-1" }, isolated(point.title));
    const backButton = back
      ? h("button", { class: "back", type: "button", onclick: back }, icon("arrow-left"), this.t("back_to_list"))
      : null;
    const rest = h(
      "div",
      { class: "popup-rest is-waiting" },
      h("p", { class: "small" }, this.names.get(point.family) ?? ""),
    );
    body.replaceChildren(...[backButton, title, rest].filter(Boolean));
    focusInside(body, title);
    let place = null;
    try {
      place = await this.api.place(point.id);
      title.replaceChildren(isolated(place.title));
      rest.replaceChildren(...this.#details(place, point.matched ?? []));
    } catch (error) {
      if (error.kind === "aborted") return;
      rest.append(h("p", {}, this.t("nothing_loaded")));
    }
    rest.classList.remove("is-waiting");
    body.dispatchEvent(new CustomEvent("filled", { bubbles: true, detail: place }));
  }

  #details(place, matched) {
    const address = [place.city, place.district, place.address].filter(Boolean).flatMap((one) => [", ", isolated(one)]);
    const phone = place.contacts.find((contact) => contact.channel === "phone" && contact.href);
    return [
      h("p", { class: "small" }, isolated(place.organization.name)),
      address.length ? h("p", { class: "small" }, address.slice(1)) : null,
      h("p", {}, openState(place.open)),
      ...this.#services(place, matched),
      h("p", {}, seal(place)),
      h(
        "p",
        { class: "popup-actions" },
        this.#moreLink(place),
        phone ? h("a", { class: "btn small phone", href: phone.href }, icon("phone"), dialled(phone.display)) : null,
      ),
      waysOf(place, this.t),
    ].filter(Boolean);
  }

  #services(place, matched) {
    const [first, others] = byMatch(place.listings, matched).map((listings) => listings.slice(0, SERVICES_SHOWN));
    const also = others.slice(0, OTHERS_SHOWN);
    const more = place.listings.length - first.length - also.length;
    const list = (listings, ...rest) =>
      h("ul", { class: "popup-services" }, ...listings.map((listing) => this.#service(listing, place)), ...rest);
    const rest = more > 0 ? h("li", { class: "quiet" }, `+${more}`) : null;
    if (!also.length) return [list(first, rest)];
    return [list(first), h("p", { class: "small popup-also" }, this.t("also_there")), list(also, rest)];
  }

  // One service as a link to itself, with what decides whether to go; hours only where they are not the place's.
  #service(listing, place) {
    const hours = listing.open.text === place.open.text ? "" : listing.open.text;
    const facts = [listing.stay?.text, listing.comes, hours, this.t.row(listing.languages.slice(0, 2))];
    if (listing.documents_none) facts.push(this.t.lower(this.t("no_documents")));
    return h(
      "li",
      {},
      this.cards.link(listing.url, isolated(listing.title)),
      h("span", { class: "popup-facts small" }, facts.filter(Boolean).join(" · ")),
      this.cards.star(listing),
    );
  }

  #moreLink(place) {
    const link = this.cards.link(place.url, this.t("more"));
    link.className = "btn primary small";
    link.append(hiddenText(`: ${place.title}`));
    return link;
  }
}

// Changing what is inside must not throw a keyboard user back to the top of the page.
function focusInside(body, title) {
  if (body.contains(document.activeElement) || body.dataset.focus === "yes") title.focus({ preventScroll: true });
}
