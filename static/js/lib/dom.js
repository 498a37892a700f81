// Building DOM without markup strings: what people wrote can never become markup.

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
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

// One of the symbols that the page carries (template tag icon_symbols).
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.append(use);
  return svg;
}

export function hiddenText(text) {
  return h("span", { class: "visually-hidden" }, text);
}

// The drop with the letter of a family; `letter` "" draws no sign.
export function pin(family, letter, { stale = false, size = "" } = {}) {
  const classes = ["pin", size, stale ? "stale" : ""].filter(Boolean).join(" ");
  return h(
    "span",
    { class: classes, "data-family": family, "aria-hidden": "true" },
    h("span", { "data-letter": letter }),
  );
}
