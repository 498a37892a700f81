// The real Leaflet on an element of a known size, and a history without a browser.

import { Layers } from "#lib/history.js";

export function sized(element, width = 800, height = 600) {
  Object.defineProperty(element, "clientWidth", { value: width, configurable: true });
  Object.defineProperty(element, "clientHeight", { value: height, configurable: true });
  return element;
}

export async function leafletMap(element, { lat = 41.7, lon = 44.8, zoom = 8 } = {}) {
  const L = await import("leaflet");
  const still = { zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false, inertia: false };
  return L.map(sized(element), { ...still, zoomSnap: 0.5 }).setView([lat, lon], zoom, { animate: false });
}

// A window with a history of its own; back() answers later, as in a browser.
export function fakeWindow() {
  const listeners = [];
  const entries = [{}];
  const pending = [];
  const history = {
    get state() {
      return entries.at(-1);
    },
    replaceState: (state) => entries.splice(-1, 1, state),
    pushState: (state) => entries.push(state),
    back: () =>
      pending.push(() => {
        entries.pop();
        for (const listener of listeners) listener();
      }),
  };
  const settle = () => {
    while (pending.length) pending.shift()();
  };
  // Another fragment, typed or pasted: an entry that nobody has marked.
  const goTo = () => {
    entries.push(null);
    for (const listener of listeners) listener();
  };
  return { history, entries, settle, goTo, addEventListener: (_name, listener) => listeners.push(listener) };
}

// Layers, and `back()`: the visitor's press of the button, or what the page has asked of the history.
export function layersOf() {
  const win = fakeWindow();
  const press = () => {
    win.history.back();
    win.settle();
  };
  return { layers: new Layers(win), settle: win.settle, back: press };
}
