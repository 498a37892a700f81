// Which questions to ask for a state, and which answers still hold. A state with words or a position is posted.

const AROUND = 0.001; // degrees: a cluster on one spot has a box without width
const LIST_PARTS = 8; // of a tile: the list reaches at most 32 pixels out of the view
const MARGIN = 0.5; // of the view on each side: a short drag meets pins that are there already

export function padded([west, south, east, north], margin = MARGIN) {
  const [width, height] = [(east - west) * margin, (north - south) * margin];
  return [west - width, Math.max(-90, south - height), east + width, Math.min(90, north + height)];
}

const EDGE = 85.0511; // of the square world

// Out to whole tiles of a zoom, or to parts of them: neighbours ask alike.
export function tiled([west, south, east, north], zoom, parts = 1) {
  const size = 2 ** Math.round(zoom) * parts;
  const x = (lon, way) => (way(((lon + 180) / 360) * size) / size) * 360 - 180;
  const y = (lat, way) => {
    const row = (1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2;
    return (Math.atan(Math.sinh(Math.PI * (1 - (2 * way(row * size)) / size))) * 180) / Math.PI;
  };
  const [bottom, top] = [south > -EDGE ? y(south, Math.ceil) : -90, north < EDGE ? y(north, Math.floor) : 90];
  return [x(west, Math.floor), bottom, x(east, Math.ceil), top];
}

// Whether pins asked for `asked` = {bbox, zoom} do for a view. A box of null is the whole world.
export function covers(asked, { bbox: [west, south, east, north], zoom }) {
  if (!asked || asked.zoom !== Math.round(zoom)) return false;
  if (!asked.bbox) return true;
  return asked.bbox[0] <= west && asked.bbox[1] <= south && asked.bbox[2] >= east && asked.bbox[3] >= north;
}

const isPosted = (state) => Boolean(state.q || state.near);

export class Questions {
  // `first` is what the page brought along: the answer for everywhere, by zoom
  constructor(api, view, first = null) {
    Object.assign(this, { api, view, first });
    this.asked = null;
  }

  // What is asked no longer counts, nor does what was answered.
  forget() {
    this.asked = null;
    this.api.abort();
  }

  // The list is that of the view, or of everything when the visitor has not chosen a view.
  #bbox(state) {
    return state.view ? this.view.bbox() : null;
  }

  // → { listings (null when the page shows them already), map }. `isWhole` asks for pins everywhere, to fit the map.
  // `isFirst` asks for what the page was drawn with.
  async ask(state, { isWhole = false, withList = true, isFirst = false } = {}) {
    const bbox = this.#bbox(state);
    const { zoom } = this.view;
    const brought = this.#brought(zoom);
    if (isFirst && brought && !isPosted(state)) return { listings: null, map: brought };
    const area = isPosted(state) ? bbox : isWhole ? null : tiled(padded(this.view.bbox()), zoom);
    this.asked = { bbox: area, zoom: Math.round(zoom) };
    try {
      if (!isPosted(state)) return await this.#get(state, { bbox, area, zoom, withList });
      const answer = await this.api.search(state, { bbox, zoom });
      return { listings: answer, map: answer.map };
    } catch (error) {
      if (error.kind !== "aborted") this.asked = null;
      throw error;
    }
  }

  // Once, for nobody knows how long it holds.
  #brought(zoom) {
    const { first } = this;
    this.first = null;
    const drawn = first?.zooms[Math.round(zoom)];
    if (!drawn) return null;
    this.asked = { bbox: null, zoom: Math.round(zoom) };
    return { ...first, ...drawn };
  }

  // One question for pins, counts and the list.
  async #get(state, { bbox, area, zoom, withList }) {
    const list = bbox && tiled(bbox, zoom, LIST_PARTS);
    const map = await this.api.map(state, { bbox: area, zoom, ...(withList ? { list } : {}) });
    return { listings: withList ? map.listings : null, map };
  }

  // Pins for where the map looks now; null when those that are drawn will do.
  async pins(state) {
    if (covers(this.asked, { bbox: this.view.bbox(), zoom: this.view.zoom })) return null;
    return (await this.ask(state, { withList: false })).map;
  }

  more(state, page) {
    const seen = this.#bbox(state);
    const bbox = seen && !isPosted(state) ? tiled(seen, this.view.zoom, LIST_PARTS) : seen;
    return isPosted(state) ? this.api.search(state, { bbox, page }) : this.api.listings(state, { bbox, page });
  }

  // Every place of a cluster, each as a point of its own.
  inside(state, cluster) {
    const [west, south, east, north] = cluster.bbox;
    const bbox = [west - AROUND, south - AROUND, east + AROUND, north + AROUND];
    return this.api.map(state, { bbox, zoom: 22 });
  }
}
