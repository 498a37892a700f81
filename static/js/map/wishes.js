// What a visitor may wish for: each wish is a change of the state. Whoever extends this asks and shows (`refresh`).

import { PLACES } from "#map/filter-names.js";
import { cleared, withoutParams, withValues } from "#map/state.js";

// A change of these means another part of the world: the map goes where the results are.
const MOVES_MAP = [...PLACES, "near", "q"];

export class Wishes {
  change(state, params) {
    const isOrder = params.includes("sort");
    const fit = !isOrder && (Boolean(state.near) || params.some((param) => MOVES_MAP.includes(param)));
    const unread = isOrder ? state.unread : [];
    this.state = this.held({ ...state, unread, view: fit ? null : state.view });
    if (!this.state.near && this.state.sort === "distance") this.state.sort = "";
    return this.refresh({ fit, isNew: true });
  }

  // A partner's page may fix conditions of its embed: nothing that a visitor does takes them off.
  held(state) {
    return { ...state, filters: { ...state.filters, ...this.config.locked } };
  }

  set(param, codes, isOn) {
    return this.change(withValues(this.state, param, [codes].flat(), isOn), [param]);
  }

  // `code` may be several with commas between; without one the whole filter goes. `off` is a condition of the words,
  // which are asked again without it.
  drop(param, code) {
    if (param === "off") return this.change({ ...this.state, off: [...this.state.off, code] }, ["q"]);
    if (param === "near") return this.change({ ...this.state, near: null }, ["near"]);
    if (param === "q") return this.change({ ...this.state, q: "", off: [] }, ["q"]);
    return code ? this.set(param, code.split(","), false) : this.clear([param]);
  }

  clear(params) {
    return this.change(withoutParams(this.state, params), params);
  }

  reset() {
    return this.change(cleared(this.state), ["country"]);
  }

  showAll() {
    return this.change({ ...this.state, view: null }, ["country"]);
  }

  // What was offered for the words stands in their place.
  mean(param, code) {
    const state = withValues({ ...this.state, q: "", off: [] }, param, [code], true);
    return this.change(state, [param, "q"]);
  }

  say(words) {
    return this.change({ ...this.state, q: words, off: [], sort: "" }, ["q"]);
  }

  sortBy(code) {
    return this.change({ ...this.state, sort: code === "best" ? "" : code }, ["sort"]);
  }

  goNear(near) {
    this.state = { ...this.state, near, sort: "", view: null, unread: [] };
    return this.refresh({ fit: true, isNew: true });
  }
}
