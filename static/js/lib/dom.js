// Building DOM without markup strings: what people wrote can never become markup.

import { tongueOf } from "#lib/tongues.js";

const SVG = "http://www.w3.org/2000/svg";

function setProperty(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
  else if (name === "data") Object.assign(element.dataset, value);
  else element.setAttribute(name, value === true ? "" : value);
}

// h("a", { href, class, data: { id } }, "text", childNode, …); empty children are left out.
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) setProperty(element, name, value);
  const shown = children.flat().filter((child) => child !== null && child !== undefined && child !== "");
  element.append(...shown.map((child) => inItsLanguage(element, child)));
  return element;
}

// Words of another language stand in an element that says so; an option, which holds none, says it itself.
function inItsLanguage(element, child) {
  const tongue = typeof child === "string" ? tongueOf(child) : null;
  if (!tongue) return child;
  const isOption = element.tagName === "OPTION";
  const holder = isOption ? element : document.createElement("span");
  for (const [name, value] of Object.entries(tongue)) holder.setAttribute(name, value);
  if (isOption) return child;
  holder.append(child);
  return holder;
}

// The same for what is drawn: svg("circle", { r: 3 }).
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const POINTING = /^(arrow|chevron)-(left|right)$/;
const isMirrored = () => document.documentElement?.dir === "rtl";

// A value from data keeps its own order of letters inside the line (core/phrasing/direction.py says the same on the server).
export function isolated(text) {
  return text && (isMirrored() || RIGHT_TO_LEFT.test(text)) ? h("bdi", {}, text) : text;
}

// What is read from left to right in every script: a phone, a code.
export function dialled(text) {
  return text && isMirrored() ? h("bdi", { dir: "ltr" }, text) : text;
}

// One of the symbols that the page carries (template tag icon_symbols).
export function icon(name) {
  const use = svg("use", { href: `#icon-${name}` });
  const turned = POINTING.test(name) && isMirrored() ? " turned" : "";
  return svg("svg", { class: `icon${turned}`, viewBox: "0 0 24 24", "aria-hidden": "true" }, use);
}

export function hiddenText(text) {
  return h("span", { class: "visually-hidden" }, text);
}

// The drop with the pictogram of a family; without a family it bears none.
export function pin(family, { stale = false, size = "" } = {}) {
  const classes = ["pin", size, stale ? "stale" : ""].filter(Boolean).join(" ");
  return h(
    "span",
    { class: classes, "data-family": family, "aria-hidden": "true" },
    family ? icon(`family-${family}`) : null,
  );
}

// What the server wrote is taken away while the page starts: kept on its element for static/js/plain.js, which puts it
// back where a script of the page turns out to be broken.
export function keepServed(...elements) {
  if (document.readyState === "complete") return;
  for (const element of elements) element.asServed ??= Array.from(element.childNodes);
}
