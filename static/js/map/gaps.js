// What is missing, laid over the countries of the members' map: a sign and a word in each, for one kind of help. The
// page's server says how cells stand; a country that it says nothing of has no sign, so nothing is ever read as “none”.

import * as L from "leaflet";
import { h } from "#lib/dom.js";

const PANE = "gaps";
const ABOVE_PINS = 640;
const ROOM = 60; // pixels from the edge of the map, so that a sign with the focus is seen
const WIDTH = 112; // of the widest sign
const HEIGHT = 34;
// Where a sign may stand beside its point, in halves of its height: the best first.
const SPOTS = "0,-1 0,1 1,0 -1,0 1,-1 -1,-1 1,1 -1,1 2,0 -2,0 0,2 2,-1 -2,-1 2,1 -2,1"
  .split(" ")
  .map((spot) => spot.split(","));

// → [[country, state]] of a kind, in the order of the countries; what is not known to the answer is left out.
export function cellsOf({ countries, sections, states }, kind) {
  const cells = sections.flatMap(({ kinds }) => kinds).find(({ code }) => code === kind)?.cells ?? {};
  const known = new Map(states.map((state) => [state.code, state]));
  return countries.map((country) => [country, known.get(cells[country.code])]).filter(([, state]) => state);
}

// The kind that somebody looks for already, where the answer has it; else the first.
export function kindToBegin({ sections }, services = []) {
  const codes = sections.flatMap(({ kinds }) => kinds.map(({ code }) => code));
  return services.find((code) => codes.includes(code)) ?? codes[0];
}

// Where each sign stands (pixels from its point to its middle) so that it meets no other, and whether its word has room.
// → [{ dx, dy, isWide }]
export function placements(points, isNarrow = false) {
  const meets = (a, b) => Math.abs(a.x - b.x) < (a.width + b.width) / 2 && Math.abs(a.y - b.y) < HEIGHT;
  const boxes = [];
  const fromNorth = [...points.keys()].sort((a, b) => points[a].y - points[b].y);
  for (const i of fromNorth) {
    const { x, y } = points[i];
    const around = SPOTS.map(([right, down]) => {
      const [dx, dy] = [(right * HEIGHT) / 2, (down * HEIGHT) / 2];
      return { dx, dy, x: x + dx, y: y + dy, width: HEIGHT };
    });
    boxes[i] = around.find((one) => !boxes.some((other) => meets(one, other))) ?? around[1];
  }
  for (const box of isNarrow ? [] : boxes) {
    const wide = { ...box, width: WIDTH };
    if (!boxes.some((other) => other !== box && meets(wide, other))) box.width = WIDTH;
  }
  return boxes.map(({ dx, dy, width }) => ({ dx, dy, isWide: width === WIDTH }));
}

const addressOf = ({ cell }, kind, country) => cell.replace("KIND", kind).replace("COUNTRY", country);

class Gaps {
  constructor(root, toggle, explorer) {
    Object.assign(this, { root, toggle, explorer, map: explorer.view.map, layer: L.layerGroup() });
    const find = (name) => root.querySelector(`[data-gaps-${name}]`);
    this.panel = find("layer");
    this.parts = Object.fromEntries(["body", "error", "kind", "list", "states"].map((n) => [n, find(n)]));
    this.map.createPane(PANE).style.zIndex = ABOVE_PINS;
    toggle.addEventListener("click", () => (this.panel.hidden ? this.open() : this.close()));
    find("close").addEventListener("click", () => this.close());
    root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.defaultPrevented || this.panel.hidden) return;
      event.stopPropagation();
      event.preventDefault(); // had its use: no sign for leaving
      this.close();
    });
    this.parts.kind.addEventListener("change", () => {
      this.isChosen = true;
      this.show(this.parts.kind.value);
    });
    this.map.on("zoomend", () => this.#spread());
  }

  async open() {
    this.#set(true);
    this.panel.focus({ preventScroll: true });
    if (this.explorer.sheet.isNarrow) this.explorer.sheet.moveTo("peek");
    this.told ??= await this.#ask();
    this.parts.error.hidden = Boolean(this.told);
    this.parts.body.hidden = !this.told;
    if (!this.told || this.panel.hidden) return;
    const kind = kindToBegin(this.told, this.explorer.state.filters.service);
    if (!this.parts.kind.options.length) this.#offer();
    this.show(this.isChosen ? this.parts.kind.value : kind);
    this.#lookAtAll();
  }

  close() {
    this.#set(false);
    this.layer.clearLayers().remove();
    this.toggle.focus({ preventScroll: true });
  }

  show(kind) {
    this.parts.kind.value = kind;
    const cells = cellsOf(this.told, kind);
    this.layer.clearLayers().addTo(this.map);
    this.marks = cells.filter(([{ at }]) => at).map(([country, state]) => this.#mark(kind, country, state));
    this.#spread();
    this.#tell(cells);
  }

  async #ask() {
    try {
      const response = await fetch(this.toggle.dataset.gapsToggle, { headers: { Accept: "application/json" } });
      return response.ok && !response.redirected ? await response.json() : null;
    } catch {
      return null;
    }
  }

  #set(isOpen) {
    this.panel.hidden = !isOpen;
    this.toggle.setAttribute("aria-expanded", String(isOpen));
    this.root.toggleAttribute("data-gaps", isOpen);
  }

  #offer() {
    const option = ({ code, name }) => h("option", { value: code }, name);
    const groups = this.told.sections.map(({ name, kinds }) => h("optgroup", { label: name }, ...kinds.map(option)));
    this.parts.kind.replaceChildren(...groups);
  }

  #mark(kind, { code, name, at }, { code: state, sign, word }) {
    const link = h(
      "a",
      { class: `gap-mark is-${state}`, href: addressOf(this.told, kind, code), title: `${name}: ${word}` },
      h("b", { "aria-hidden": "true" }, sign),
      h("span", { class: "visually-hidden" }, `${name}: `),
      h("span", { class: "gap-mark-word" }, word),
    );
    link.addEventListener("focus", () => this.map.panInside(at, { padding: [ROOM, ROOM], animate: false }));
    L.DomEvent.disableClickPropagation(link);
    const icon = L.divIcon({ className: "gap-spot", html: link, iconSize: [0, 0] });
    L.marker(at, { icon, pane: PANE, keyboard: false, interactive: false }).addTo(this.layer);
    return { at, link };
  }

  #spread() {
    if (this.panel.hidden || !this.marks) return;
    const points = this.marks.map(({ at }) => this.map.latLngToLayerPoint(at));
    const found = placements(points, this.explorer.sheet.isNarrow);
    for (const [i, { dx, dy, isWide }] of found.entries()) {
      const { link } = this.marks[i];
      link.style.transform = `translate(calc(${dx}px - 50%), calc(${dy}px - 50%))`;
      link.toggleAttribute("data-wide", isWide);
    }
  }

  // All signs between the panel, which stands below, and what lies over the map above.
  #lookAtAll() {
    if (!this.marks.length) return;
    const under = Math.min(this.map.getSize().y - this.panel.offsetTop, this.map.getSize().y / 2);
    const above = this.explorer.sheet.isNarrow ? ROOM + HEIGHT : ROOM;
    this.map.fitBounds(L.latLngBounds(this.marks.map(({ at }) => at)), {
      animate: false,
      paddingTopLeft: [ROOM, above],
      paddingBottomRight: [ROOM, under + HEIGHT],
    });
  }

  // How many countries stand so; which, and what the sign means.
  #tell(cells) {
    const of = (state) => cells.filter(([, one]) => one === state).map(([country]) => country.name);
    const chip = ({ code, sign, word }, ...more) =>
      h(
        "span",
        { class: `gap-mark is-${code}` },
        h("b", { "aria-hidden": "true" }, sign),
        h("span", {}, word),
        ...more,
      );
    const { states } = this.told;
    this.parts.states.replaceChildren(
      ...states.map((state) => h("li", {}, chip(state, h("strong", {}, String(of(state).length))))),
    );
    this.parts.list.replaceChildren(
      ...states.flatMap((state) => [
        h("dt", {}, chip(state), h("span", { class: "small quiet" }, ` ${state.means}`)),
        h("dd", {}, of(state).join(", ") || "–"),
      ]),
    );
  }
}

// Pages without the button (everybody's map, embeds) have nothing of it.
export function installGaps(root, explorer) {
  const toggle = root.querySelector("[data-gaps-toggle]");
  return toggle && new Gaps(root, toggle, explorer);
}
