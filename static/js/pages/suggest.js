// A missing service: the map comes when somebody opens it, so that a slow phone loads no map for nothing.
import { fill } from "#lib/text.js";

const form = document.querySelector("[data-suggest]");
const fold = form.querySelector("details");
const config = JSON.parse(document.getElementById("pin-config").textContent);
const said = form.querySelector("[data-pin-said]");
let started = false;

async function start() {
  if (started || !fold.open) return;
  started = true;
  const { makeMap, Pin } = await import("#forms/pin.js");
  const { lat, lon } = form.elements;
  const say = (north, east) => {
    said.textContent = fill(config.texts.moved, { lat: north.toFixed(5), lon: east.toFixed(5) });
  };
  const map = makeMap(form.querySelector("[data-pin-map]"), config);
  const place = new Pin(map, { lat, lon, title: config.texts.pin, family: "health", say });
  map.on("click", (event) => place.write(event.latlng));
  map.getContainer().addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target === map.getContainer()) {
      event.preventDefault();
      place.write(map.getCenter());
    }
  });
  form.querySelector("[data-remove-pin]").addEventListener("click", () => {
    place.clear();
    said.textContent = config.texts.removed;
  });
}

fold.addEventListener("toggle", start);
start();
