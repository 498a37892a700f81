/** Puts our own basemap under every map of an operators' form. */

import { addBasemap } from "#map/basemap.js";

const basemap = JSON.parse(document.getElementById("basemap").textContent);

window.addEventListener("map:init", (event) => addBasemap(event.detail.map, basemap));
