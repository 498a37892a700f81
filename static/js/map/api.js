// Questions to the API. A newer question of a kind aborts the older one, so answers never come in the wrong order.

import { filterQuery } from "#map/state.js";

export class ApiError extends Error {
  // kind: "aborted" (a newer question took over), "network", "input" (400), "server"
  // `unread`: the values that the server does not know, [{param, value}]
  constructor(kind, message = "", unread = []) {
    super(message);
    Object.assign(this, { kind, unread });
  }
}

const PLACES = 3; // decimals of a degree: about 100 m, enough for "near me"
const roughly = (value) => Number(value.toFixed(PLACES));

// A wide window shows the world more than once.
export function formatBbox([west, south, east, north]) {
  const [left, right] = east - west >= 360 ? [-180, 180] : [west, east];
  return [left, south, right, north].map((value) => value.toFixed(4)).join(",");
}

async function readError(response) {
  try {
    const { error } = await response.json();
    return { message: error?.message ?? "", unread: error?.unread ?? [] };
  } catch {
    return { message: "", unread: [] };
  }
}

export class Api {
  constructor({ base, language, csrfToken = "", fetch = window.fetch.bind(window) }) {
    Object.assign(this, { base, language, csrfToken, fetch });
    this.running = new Map();
  }

  abort() {
    for (const controller of this.running.values()) controller.abort();
  }

  // With `list`, a box or null for everywhere, the answer brings the list of it along.
  map(state, { bbox, zoom, list }) {
    const query = [...filterQuery(state), ["zoom", Math.round(zoom)]];
    if (bbox) query.push(["bbox", formatBbox(bbox)]);
    if (list !== undefined) query.push(["list", list ? formatBbox(list) : "all"]);
    if (list !== undefined && state.sort) query.push(["sort", state.sort]);
    return this.#get("map", "map/", query);
  }

  listings(state, { bbox, page = 1 }) {
    const query = [...filterQuery(state)];
    if (state.sort) query.push(["sort", state.sort]);
    if (bbox) query.push(["bbox", formatBbox(bbox)]);
    if (page > 1) query.push(["page", page]);
    return this.#get("listings", "listings/", query);
  }

  // Words and positions go in the body: neither addresses nor logs ever hold them.
  search(state, { bbox, zoom, page = 1 }) {
    const body = { q: state.q, filters: Object.fromEntries(filterQuery(state)), page };
    if (state.off.length) body.off = state.off;
    if (state.sort) body.sort = state.sort;
    if (bbox) body.bbox = formatBbox(bbox);
    if (zoom !== undefined) body.zoom = Math.round(zoom);
    if (state.near) Object.assign(body, { lat: roughly(state.near.lat), lon: roughly(state.near.lon) });
    return this.#post("listings", "search/", body);
  }

  place(id) {
    return this.#get("place", `places/${encodeURIComponent(id)}/`, []);
  }

  cities(words) {
    return this.#post("cities", "cities/", { q: words });
  }

  suggestions(words) {
    return this.#post("suggestions", "suggestions/", { q: words });
  }

  #get(kind, path, query) {
    const parameters = new URLSearchParams([...query, ["lang", this.language]]);
    return this.#ask(kind, `${this.base}${path}?${parameters}`, {});
  }

  #post(kind, path, body) {
    const headers = { "Content-Type": "application/json" };
    if (this.csrfToken) headers["X-CSRFToken"] = this.csrfToken;
    const options = { method: "POST", headers, body: JSON.stringify({ ...body, lang: this.language }) };
    return this.#ask(kind, `${this.base}${path}`, options);
  }

  async #ask(kind, address, options) {
    this.running.get(kind)?.abort();
    const controller = new AbortController();
    this.running.set(kind, controller);
    let response;
    try {
      response = await this.fetch(address, { ...options, signal: controller.signal });
      if (response.ok) return await response.json();
    } catch (error) {
      throw new ApiError(controller.signal.aborted ? "aborted" : "network", error.message);
    }
    const { message, unread } = await readError(response);
    throw new ApiError(response.status === 400 ? "input" : "server", message, unread);
  }
}
