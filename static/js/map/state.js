// What the visitor looks at, as a value, and its form in the address fragment. Pure: no page, no network.
//
// State: { filters: {param: [codes]}, sort, view: {lat, lon, zoom} | null, near: {lat, lon, name, mine} | null, q }
// `view` null means the whole map. Search words and the visitor's own position never enter the fragment.

import { FILTERS } from "#map/filter-names.js";

// City codes hold names: "ge:тбилиси", "ci:côte d'ivoire".
const CODE = /^[\p{L}\p{M}\p{N}_:. '’-]{1,80}$/u;
const SORT = /^[a-z_]{1,20}$/;
const MAX_CODES = 60;
const NEAR_NAME_LENGTH = 80;

export function emptyState() {
  return { filters: {}, sort: "", view: null, near: null, q: "" };
}

function codes(text) {
  const found = text
    .split(",")
    .map((code) => code.trim())
    .filter((code) => CODE.test(code));
  return [...new Set(found)].slice(0, MAX_CODES);
}

function number(text, low, high) {
  const value = text?.trim() ? Number(text) : NaN;
  return Number.isFinite(value) && value >= low && value <= high ? value : null;
}

// "44.8,41.7" is lon,lat as everywhere in our API.
function position(text) {
  const [lonText, latText, ...rest] = (text ?? "").split(",");
  const lon = number(lonText, -180, 180);
  const lat = number(latText, -90, 90);
  return lon === null || lat === null ? null : { lon, lat, rest };
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

// Any text at all gives a state; what makes no sense in it is left out.
export function parseFragment(hash) {
  const parameters = new URLSearchParams(String(hash).replace(/^#/, ""));
  const state = emptyState();
  for (const name of FILTERS) {
    const found = codes(parameters.getAll(name).join(","));
    if (found.length) state.filters[name] = found;
  }
  const sort = parameters.get("sort") ?? "";
  state.sort = SORT.test(sort) ? sort : "";
  state.view = parseView(parameters);
  state.near = parseNear(parameters);
  return state;
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
    parts.push(`near=${round(lon, 3)},${round(lat, 3)},${encodeURIComponent(name)}`);
  }
  if (state.sort) parts.push(`sort=${state.sort}`);
  if (state.view) {
    parts.push(`z=${round(state.view.zoom, 2)}`, `c=${round(state.view.lon, 4)},${round(state.view.lat, 4)}`);
  }
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

export function withoutParams(state, params) {
  const filters = Object.fromEntries(Object.entries(state.filters).filter(([name]) => !params.includes(name)));
  return { ...state, filters, near: params.includes("near") ? null : state.near };
}

export function cleared(state) {
  return { ...emptyState(), view: state.view };
}

// [[param, code], …] in the order of FILTERS.
export function values(state) {
  return FILTERS.flatMap((name) => (state.filters[name] ?? []).map((code) => [name, code]));
}

export function isFiltered(state) {
  return values(state).length > 0 || Boolean(state.near) || Boolean(state.q);
}

// Filters as the API takes them.
export function filterQuery(state) {
  return FILTERS.filter((name) => state.filters[name]?.length).map((name) => [name, state.filters[name].join(",")]);
}
