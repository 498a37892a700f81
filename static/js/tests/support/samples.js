// Answers of the API as the tests need them, and texts that say their key and their values.
import { makeTexts } from "#lib/text.js";

// Says the key and the values; numbers and lists as in Russian.
export const t = Object.assign(
  (name, values = {}) => [name, ...Object.values(values)].join(" "),
  makeTexts({ "": { decimal: ",", group: "\u00a0", between: ", ", lowers: "yes" } }),
);

export const families = [
  { code: "health", name: "Здоровье" },
  { code: "law", name: "Право" },
];

export function listing(more = {}) {
  return {
    id: "l1",
    place_id: "p1",
    url: "/ru/l/l1/",
    title: "Тест на ВИЧ",
    family: "health",
    organization: "Белый журавль",
    city: "Тбилиси",
    country_name: "Грузия",
    lat: 41.7,
    lon: 44.8,
    delivery_text: ["На месте"],
    open: { state: "open", text: "Открыто до 18:00" },
    freshness: "fresh",
    checked: { text: "Проверено 3 мая" },
    capacity: { level: "free", text: "Есть места", reported_text: "вчера" },
    operation: { code: "working", text: "Работает" },
    cost: { code: "free", text: "Бесплатно" },
    documents_none: false,
    anonymous: false,
    languages: ["русский", "грузинский"],
    types: [],
    notice: "",
    ...more,
  };
}

export function place(more = {}) {
  return {
    title: "Дом на горе",
    url: "/ru/p/p1/",
    city: "Тбилиси",
    district: "",
    address: "Горная, 5",
    organization: { name: "Белый журавль" },
    open: { state: "open", text: "Открыто" },
    freshness: "fresh",
    checked: { text: "Проверено" },
    contacts: [{ channel: "phone", href: "tel:+995322", display: "+995 322" }],
    listings: [
      service("Тест на ВИЧ", { documents_none: true }),
      service("Юрист", { open: { state: "closed", text: "Закрыто" } }),
    ],
    ...more,
  };
}

// A service of a place.
export function service(title, more = {}) {
  const open = { state: "open", text: "Открыто" };
  return { title, url: `/ru/p/p1/?service=${title}`, open, languages: ["русский"], documents_none: false, ...more };
}

export function answer(results = [listing()], more = {}) {
  return { count: results.length, places: 1, page: 1, pages: 1, results, understood: null, ...more };
}

export const point = (id, lon, lat, more = {}) => ({
  id,
  lon,
  lat,
  count: 1,
  by_family: { health: 1 },
  title: `Место ${id}`,
  family: "health",
  stale: false,
  ...more,
});

export const cluster = (lon, lat, count, bbox = [lon - 1, lat - 1, lon + 1, lat + 1]) => ({
  lon,
  lat,
  count,
  by_family: { health: count },
  places: 2,
  bbox,
});

export const mapAnswer = (more = {}) => ({ total: 1, unplaced: 0, counts: {}, clusters: [], points: [], ...more });

// What a person who writes a title for us may try.
export const HOSTILE = '<img src=x onerror="alert(1)">';
