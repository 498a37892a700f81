// Whoever asks their browser to save data is told of the pages without map. The offer stands in the page, hidden; only
// the browser knows the wish, so an answer stays the same for everybody and can be kept.

import { keep } from "#lib/kept.js";

export function offerLight(page, connection) {
  const offer = page.querySelector("[data-light-offer]");
  if (offer && connection?.saveData === true) offer.hidden = false;
}

// Where the map was left out to save data, it comes at a press; this tab keeps that until it is closed.
export function offerMap(page, again = () => window.location.reload()) {
  const offer = page.querySelector("[data-saves]");
  if (!offer || !page.documentElement.classList.contains("is-saving")) return;
  offer.hidden = false;
  offer.querySelector("button").addEventListener("click", () => {
    keep("map-wanted", true);
    again();
  });
}
