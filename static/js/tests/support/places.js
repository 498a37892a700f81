// Places on a map with real Leaflet, and parts around them that note what they are told.

import { APP } from "./app.js";
import { layersOf, leafletMap } from "./map.js";
import { page } from "./page.js";
import { point } from "./samples.js";

const CARD = `
  <li><article class="card" data-place="p1"><span class="pin" data-family="law"></span>
    <h3>Дом</h3><button data-show-on-map="p1" data-lat="41.7" data-lon="44.8"><i></i></button></article></li>
  <li><article class="card" data-place="p2"><h3>Онлайн</h3></article></li>`;

export async function make({ isNarrow = false, stop = "half" } = {}) {
  const document = page(APP.replace("<ol data-cards></ol>", `<ol data-cards>${CARD}</ol>`));
  const { Places } = await import("#map/places.js");
  const root = document.querySelector("service-map");
  const map = await leafletMap(root.querySelector("[data-map]"));
  const marked = [];
  const list = { mark: (ids) => marked.push(ids), find: () => null };
  const [went, selected, hovered] = [[], [], []];
  const into = [];
  const view = { map, zoom: 8, goTo: (...way) => went.push(way), isClose: false };
  view.into = async (bounds) => {
    if (!view.isClose) into.push(bounds.toBBoxString());
    return !view.isClose;
  };
  const sheet = { isNarrow, stop, moveTo: (to) => (sheet.stop = to) };
  const shown = [];
  const open = [];
  const popups = {
    forSpot: (spot, on) => {
      shown.push(spot);
      on.onPlace(spot.points[0].id);
      const content = document.createElement("section");
      content.innerHTML = '<h3 tabindex="-1">Place</h3><button>x</button>';
      content.querySelector("button").addEventListener("click", on.onClose);
      return content;
    },
  };
  const history = layersOf();
  const places = new Places(root, {
    layers: history.layers,
    list,
    view,
    sheet,
    popups,
    onPlace: (id) => open.push(id),
  });
  places.markers = { select: (id) => selected.push(id), hover: (place) => hovered.push(place) };
  const section = () => document.querySelector("section");
  return {
    root,
    places,
    map,
    view,
    into,
    list,
    marked,
    went,
    selected,
    hovered,
    sheet,
    shown,
    open,
    section,
    ...history,
  };
}

export const SPOT = { lat: 41.7, lon: 44.8, points: [point("p1", 44.8, 41.7)] };
