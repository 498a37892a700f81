// What of the rows is wanted. Chosen in this page alone: it stands in no address and is kept nowhere.

import { opening } from "#road/hours.js";

export function holidaysOf(pack, country) {
  return { off: pack.holidays.off[country] ?? [], perhaps: pack.holidays.perhaps[country] ?? [] };
}

// Whether and how a service works at an instant; a notice that closes it, or its end, stands above its hours.
export function stateOf(pack, place, service, now) {
  if (service.is_stopped || service.notices.some(({ closes }) => closes)) return { state: "closed", isSure: true };
  const about = { zone: place.timezone, holidays: holidaysOf(pack, place.holidays) };
  return opening(service.hours ?? place.hours, about, now);
}

const isOpen = ({ state }) => state === "open" || state === "always";
const plain = (text) => text.toLocaleLowerCase().replaceAll("ё", "е");

function says(place, service, words) {
  const text = plain([place.title, place.organization, place.city, service.title, service.summary].join(" "));
  return plain(words)
    .split(/\s+/)
    .every((word) => text.includes(word));
}

// wanted: { need, city, words, open, papers } → places with those of their services that fit.
export function chosen(pack, places, wanted, now) {
  const fits = (place) => (service) =>
    (!wanted.need || service.needs.includes(wanted.need)) &&
    (!wanted.papers || service.no_documents) &&
    (!wanted.open || isOpen(stateOf(pack, place, service, now))) &&
    (!wanted.words || says(place, service, wanted.words));
  return places
    .filter(({ city }) => !wanted.city || city === wanted.city)
    .map((place) => ({ ...place, services: place.services.filter(fits(place)) }))
    .filter(({ services }) => services.length > 0);
}
