// Whoever asks their browser to save data is told of the pages without map. The offer stands in the page, hidden; only
// the browser knows the wish, so an answer stays the same for everybody and can be kept.

export function offerLight(page, connection) {
  const offer = page.querySelector("[data-light-offer]");
  if (offer && connection?.saveData === true) offer.hidden = false;
}
