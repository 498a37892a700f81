// A page for a test: a document of its own whose window stands where a browser's would, and the hands of a visitor.
// Modules that look at the page while they load are asked for with `load`, after the page is there.

import assert from "node:assert/strict";
import { registerHooks } from "node:module";
import { Window } from "#happy-dom";

// The import map of the pages (template tag import_map), for node.
const LIBRARIES = new URL("../../../vendor/", import.meta.url);
registerHooks({
  resolve(specifier, context, next) {
    const isLibrary = ["leaflet", "protomaps-leaflet"].includes(specifier);
    return next(isLibrary ? new URL(`${specifier}/${specifier}.js`, LIBRARIES).href : specifier, context);
  },
});

const GLOBALS = [
  "document",
  "navigator",
  "sessionStorage",
  "customElements",
  "getComputedStyle",
  "requestAnimationFrame",
  "cancelAnimationFrame",
  "CSS",
  "DOMParser",
  "Event",
  "CustomEvent",
  "KeyboardEvent",
  "MouseEvent",
  "Element",
  "Node",
  "HTMLElement",
  "HTMLCanvasElement",
  "SVGElement",
  "ResizeObserver",
];

function setGlobal(name, value) {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}

// What the machine of the visitor says to media queries: { "(prefers-color-scheme: dark)": true }.
function media(answers) {
  const asked = new Map();
  return (query) => {
    if (!asked.has(query))
      asked.set(query, Object.assign(new window.EventTarget(), { matches: answers[query] ?? false }));
    return asked.get(query);
  };
}

// happy-dom remembers what fits ":checked" and does not forget the buttons that a radio button has switched off.
function mendRadios({ HTMLInputElement }) {
  let owner = HTMLInputElement.prototype;
  while (!Object.hasOwn(owner, "checked")) owner = Object.getPrototypeOf(owner);
  const { get, set } = Object.getOwnPropertyDescriptor(owner, "checked");
  function check(isOn) {
    const group = isOn && this.type === "radio" && this.name ? this.ownerDocument.getElementsByName(this.name) : [];
    for (const other of group) if (other !== this && other.form === this.form) set.call(other, false);
    set.call(this, isOn);
  }
  if (!set.isMended) Object.defineProperty(owner, "checked", { get, set: Object.assign(check, { isMended: true }) });
}

// A fresh page; whatever listens to an earlier one is gone with it.
export function page(html = "", { url = "https://map.test/ru/", answers = {} } = {}) {
  const window = new Window({ url, width: 1280, height: 800 });
  setGlobal("window", window);
  for (const name of GLOBALS) setGlobal(name, window[name]);
  mendRadios(window);
  window.matchMedia = media(answers);
  window.WebKitCSSMatrix = class {
    m11 = 1; // how Leaflet knows a browser of today, with halves of a zoom and moves by transform
  };
  window.Element.prototype.scrollIntoView = () => {};
  window.document.body.innerHTML = html;
  return window.document;
}

let loaded = 0;

// A module as a page of its own gets it: evaluated anew. Modules that it imports are shared.
export function load(specifier) {
  loaded += 1;
  return import(`${import.meta.resolve(specifier)}?page=${loaded}`);
}

// Lets every answer that is there already be read.
export const settle = () => new Promise((done) => setImmediate(done));

export function key(target, name, more = {}) {
  const event = new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true, ...more });
  target.dispatchEvent(event);
  return event;
}

// A key by its place on the keyboard: "KeyJ", "Digit1".
export const code = (target, name, more = {}) => key(target, "", { code: name, ...more });

export function fire(target, name, more = {}) {
  const event = new Event(name, { bubbles: true, cancelable: true });
  for (const [property, value] of Object.entries(more)) Object.defineProperty(event, property, { value });
  target.dispatchEvent(event);
  return event;
}

export function type(input, text) {
  input.value = text;
  fire(input, "input");
}

export function tick(box, isOn = true) {
  box.checked = isOn;
  fire(box, "change");
}

export const texts = (elements) => [...elements].map((element) => element.textContent);

const told = (element) => element?.outerHTML?.slice(0, 200) ?? String(element);

// Whether this is that very element. (Compared by assert.equal, a difference would print the whole page.)
export function same(found, wanted) {
  assert.ok(found === wanted, `${told(found)} instead of ${told(wanted)}`);
}

export function none(found) {
  same(found ?? null, null);
}

// What is called by name with which values: `note("more")` is such a hand, `said` what it was told.
export function hands() {
  const said = [];
  const note =
    (name) =>
    (...values) =>
      said.push([name, ...values]);
  return { said, note };
}
