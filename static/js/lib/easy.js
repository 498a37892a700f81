// Plain words are a link; with scripts a tab remembers that somebody wanted them, until it is closed or left in haste.

import { keep, kept } from "#lib/kept.js";

const WANTED = "easy";

// Where a page has a plainer one and this tab wants it, that one is opened in its place.
export function installEasy(root, go = (url) => window.location.replace(url)) {
  const way = root.querySelector("[data-easy]");
  if (!way) return;
  way.addEventListener("click", () => keep(WANTED, way.dataset.easy === "1"));
  if (way.dataset.easy !== "1" || kept(WANTED) !== true) return;
  const url = new URL(window.location.href);
  url.searchParams.set("easy", "1");
  go(url.href);
}
