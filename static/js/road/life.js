// What of a copy may be shown on a day; how long all of it lives, every page knows (static/js/lib/stored.js).

import { LIFE } from "#lib/stored.js";

export const lastDay = ({ contact }) => new Date(contact + LIFE);

// “2026-11-29” and the minutes since midnight, by the clock on the wall of the place.
export function wall(zone, now) {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone || "UTC",
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  }).formatToParts(now);
  const of = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  return { date: `${of.year}-${of.month}-${of.day}`, minute: Number(of.hour) * 60 + Number(of.minute) };
}

function told(service, today, now) {
  const counts = ({ starts_on, ends_on }) => starts_on <= today && today <= (ends_on ?? "9999");
  return {
    ...service,
    isLate: service.due_on !== null && today >= service.due_on,
    notices: service.notices.filter(counts),
    stays: service.stays.filter(({ ends_at }) => new Date(ends_at) > now),
  };
}

// Places with what still counts today at each; without a service that does, a place is not shown at all.
export function current(places, now) {
  return places
    .map((place) => {
      const today = wall(place.timezone, now).date;
      const services = place.services.filter(({ hides_on }) => hides_on === null || today < hides_on);
      return { ...place, services: services.map((service) => told(service, today, now)) };
    })
    .filter(({ services }) => services.length > 0);
}

// What of a pack may stay on the device: rows whose day is over leave it.
export function pruned(pack, now) {
  const ids = new Set(current(pack.places, now).flatMap(({ services }) => services.map(({ id }) => id)));
  const places = pack.places
    .map((place) => ({ ...place, services: place.services.filter(({ id }) => ids.has(id)) }))
    .filter(({ services }) => services.length > 0);
  return { ...pack, places };
}

// The pack after an answer of home. Places keep their order, new ones come last.
export function merged(pack, answer) {
  const { changed, gone, is_whole, ...about } = answer;
  if (is_whole || !pack) return { ...about, places: changed };
  const [fresh, left] = [new Map(changed.map((place) => [place.id, place])), new Set(gone)];
  const kept = pack.places.filter(({ id }) => !left.has(id)).map((place) => fresh.get(place.id) ?? place);
  const known = new Set(kept.map(({ id }) => id));
  return { ...about, places: [...kept, ...changed.filter(({ id }) => !known.has(id))] };
}
