// What the visitor looks at, as a value, and its form in the address fragment. Pure: no page, no network.
//
// State: { filters: {param: [codes]}, sort, view: {lat, lon, zoom} | null, near: {lat, lon, name, mine} | null, q,
// unread: [[param, text]] }
// `view` null means the whole map; `place` is the id of the place that is open. Search words and the visitor's own position never enter the fragment.
// `off` are conditions of the words that the visitor took off, as "param:code".
// `unread` is what a link says and nobody understands. A state that is narrowed by nothing else is lost: it shows
// nothing, for the link did not mean everything.

import { CODE, FILTERS, SORTS } from "#map/filter-names.js";

const VIEW = ["z", "c", "sort", "place"];
const WHERE = ["country", "city", "delivery"];
const MAX_CODES = 60;
const NEAR_NAME_LENGTH = 80;
const FARTHEST = 720;

export function emptyState() {
  return { filters: {}, sort: "", view: null, near: null, place: "", q: "", unread: [], off: [] };
}

// An anchor of the page is no question.
export function isQuestion(hash) {
  return String(hash).includes("=");
}

// Narrowed by nothing that could be read, though something was meant.
export function isLost(state) {
  return state.unread.some(([param]) => !VIEW.includes(param)) && !isFiltered(state);
}

// [codes, what is none]
function codes(text) {
  const given = text.split(",").map((code) => code.trim());
  const found = [...new Set(given.filter(Boolean))];
  const known = found.filter((code) => CODE.test(code)).slice(0, MAX_CODES);
  return [known, found.filter((code) => !known.includes(code))];
}

function number(text, low, high) {
  const value = text?.trim() ? Number(text) : NaN;
  return Number.isFinite(value) && value >= low && value <= high ? value : null;
}

// The same meridian between -180 and 180: a map that was panned around the globe counts on.
export function wrapped(lon) {
  return lon >= -180 && lon <= 180 ? lon : ((((lon + 180) % 360) + 360) % 360) - 180;
}

// "44.8,41.7" is lon,lat as everywhere in our API.
function position(text) {
  const [lonText, latText, ...rest] = (text ?? "").split(",");
  const lon = number(lonText, -FARTHEST, FARTHEST);
  const lat = number(latText, -90, 90);
  return lon === null || lat === null ? null : { lon: wrapped(lon), lat, rest };
}

function parseView(parameters) {
  const centre = position(parameters.get("c"));
  const zoom = number(parameters.get("z"), 0, 22);
  return centre && zoom !== null ? { lat: centre.lat, lon: centre.lon, zoom } : null;
}

function parseNear(parameters) {
  const found = position(parameters.get("near"));
  if (!found) return null;
  return { lat: found.lat, lon: found.lon, name: found.rest.join(",").slice(0, NEAR_NAME_LENGTH), mine: false };
}

// Any text at all gives a state; what makes no sense in it stands in `unread`.
export function parseFragment(hash) {
  const parameters = new URLSearchParams(String(hash).replace(/^#/, ""));
  const state = emptyState();
  for (const name of FILTERS) {
    const [found, unread] = codes(parameters.getAll(name).join(","));
    if (found.length) state.filters[name] = found;
    state.unread.push(...unread.map((text) => [name, text]));
  }
  state.view = parseView(parameters);
  state.near = parseNear(parameters);
  state.sort = parseSort(parameters, state);
  state.place = CODE.test(parameters.get("place") ?? "") ? parameters.get("place") : "";
  const isRead = {
    sort: state.sort || parameters.get("sort") === SORTS[0],
    near: state.near,
    place: state.place,
    z: state.view,
    c: state.view,
  };
  for (const [name, text] of parameters) {
    if (!FILTERS.includes(name) && !isRead[name]) state.unread.push([name, text]);
  }
  return state;
}

function parseSort(parameters, { near }) {
  const sort = parameters.get("sort") ?? "";
  return SORTS.slice(1).includes(sort) && (near || sort !== "distance") ? sort : "";
}

// The state without what the server did not understand either.
export function withUnread(state, unread) {
  const isUnread = (param, text) => unread.some((one) => one.param === param && one.value === text);
  const left = values(state).filter(([param, text]) => isUnread(param, text));
  const without = left.reduce((before, [param, text]) => withValue(before, param, text, false), state);
  return { ...without, unread: [...state.unread, ...left] };
}

const round = (value, digits) => String(Number(value.toFixed(digits)));

export function formatFragment(state) {
  const parts = [];
  for (const name of FILTERS) {
    const found = state.filters[name];
    if (found?.length) parts.push(`${name}=${found.map(encodeURIComponent).join(",")}`);
  }
  if (state.near && !state.near.mine) {
    const { lon, lat, name } = state.near;
    parts.push(`near=${round(wrapped(lon), 3)},${round(lat, 3)},${encodeURIComponent(name)}`);
  }
  const isNearMe = state.sort === "distance" && state.near?.mine;
  if (state.sort && !isNearMe) parts.push(`sort=${state.sort}`);
  if (state.view) {
    parts.push(`z=${round(state.view.zoom, 2)}`, `c=${round(wrapped(state.view.lon), 4)},${round(state.view.lat, 4)}`);
  }
  if (state.place) parts.push(`place=${state.place}`);
  return parts.join("&");
}

export function hasValue(state, param, code) {
  return Boolean(state.filters[param]?.includes(code));
}

// A new state with one value switched on or off.
export function withValue(state, param, code, isOn) {
  const before = state.filters[param] ?? [];
  const after = isOn ? [...new Set([...before, code])] : before.filter((one) => one !== code);
  const filters = { ...state.filters, [param]: after };
  if (!after.length) delete filters[param];
  return { ...state, filters };
}

export function withValues(state, param, codes, isOn) {
  return codes.reduce((before, code) => withValue(before, param, code, isOn), state);
}

export function withoutParams(state, params) {
  const filters = Object.fromEntries(Object.entries(state.filters).filter(([name]) => !params.includes(name)));
  return { ...state, filters, near: params.includes("near") ? null : state.near };
}

export function cleared(state) {
  return { ...emptyState(), view: state.view, place: state.place };
}

// [[param, code], …] in the order of FILTERS.
export function values(state) {
  return FILTERS.flatMap((name) => (state.filters[name] ?? []).map((code) => [name, code]));
}

export function isFiltered(state) {
  return values(state).length > 0 || Boolean(state.near) || Boolean(state.q);
}

// Whether it can still be asked what is needed: nothing but the place was said.
export function isAsking(state) {
  return !state.q && !state.unread.length && values(state).every(([param]) => WHERE.includes(param));
}

// Nothing was said or looked at.
export function isEmpty(state) {
  return !isFiltered(state) && !state.view && !state.place && !state.unread.length;
}

// Filters as the API takes them, in one order: who asks the same asks at the same address.
export function filterQuery(state) {
  const asked = FILTERS.filter((name) => state.filters[name]?.length);
  return asked.map((name) => [name, [...state.filters[name]].sort().join(",")]);
}

// The same for the page that makes an embed of it, with the part of the map where the visitor has chosen one.
export function embedQuery(state, bbox) {
  const seen = state.view ? [["bbox", bbox.map((edge) => edge.toFixed(4)).join(",")]] : [];
  return new URLSearchParams([...filterQuery(state), ...seen]).toString();
}
