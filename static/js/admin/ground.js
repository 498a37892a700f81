// Puts our own basemap under every map of an operators' form. One after another: the maps ask for the same parts of
// one file, and Chromium's cache fails some of several equal requests that run at once.

import { addBasemap } from "#map/basemap.js";

const PATIENCE_MS = 4000;
const basemap = JSON.parse(document.getElementById("basemap").textContent);
let turn = Promise.resolve();

function drawn(layer) {
  return new Promise((done) => {
    layer.once("load", done);
    setTimeout(done, PATIENCE_MS);
  });
}

window.addEventListener("map:init", (event) => {
  turn = turn.then(() => drawn(addBasemap(event.detail.map, basemap).layer));
});
