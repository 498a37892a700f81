// The rows of a timetable, and their map: who presses it puts the stop there in whose row the cursor is.

import * as L from "leaflet";
import { makeMap } from "#forms/pin.js";

const PLACES = 6;
const NEAR = 14;

// “41.7, 44.8” → [41.7, 44.8]; null for what is no such pair.
export function pointOf(text) {
  const numbers = text.split(",").map((part) => Number.parseFloat(part));
  const isPoint = numbers.length === 2 && numbers.every(Number.isFinite);
  return isPoint && Math.abs(numbers[0]) <= 90 && Math.abs(numbers[1]) <= 180 ? numbers : null;
}

// A number that no row has yet.
export function nextNumber(rows) {
  return Math.max(-1, ...rows.map(({ id }) => Number(id.replace("stop-", "")) || 0)) + 1;
}

// A row that is a holiday of the stop in the row `of`.
export function rest(row, of) {
  for (const field of ["id", "name", "english", "point"])
    fieldOf(row, field).value = of ? fieldOf(of, field).value : "";
  fieldOf(row, "rests").checked = true;
}

const fieldOf = (row, name) => row.querySelector(`[data-stop-${name}]`);
const rowsOf = (root) => [...root.querySelectorAll("[data-stop-rows] [data-stop]")];

export function installStops(root, config) {
  const map = makeMap(root.querySelector("[data-stops-map]"), config);
  const marks = L.featureGroup().addTo(map);
  let current = null;

  function draw() {
    marks.clearLayers();
    for (const row of rowsOf(root)) {
      const point = pointOf(fieldOf(row, "point").value);
      if (!point) continue;
      const className = row === current ? "stop is-current" : "stop";
      const mark = L.circleMarker(point, { radius: 8, className }).addTo(marks);
      mark.bindTooltip(() => document.createTextNode(fieldOf(row, "name").value));
      mark.on("click", (event) => {
        L.DomEvent.stop(event);
        fieldOf(row, "name").focus();
      });
    }
  }

  function put({ lat, lng }) {
    const row = current ?? rowsOf(root).find((one) => !fieldOf(one, "point").value) ?? add();
    const point = fieldOf(row, "point");
    point.value = `${lat.toFixed(PLACES)}, ${lng.toFixed(PLACES)}`;
    point.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function add() {
    const row = root.querySelector("[data-stop-template]").content.firstElementChild.cloneNode(true);
    const number = nextNumber(rowsOf(root));
    for (const element of [row, ...row.querySelectorAll("*")])
      for (const name of ["id", "name", "for"])
        if (element.getAttribute(name)?.includes("__n__"))
          element.setAttribute(name, element.getAttribute(name).replace("__n__", number));
    root.querySelector("[data-stop-rows]").append(row);
    return row;
  }

  root.addEventListener("focusin", (event) => {
    current = event.target.closest("[data-stop]") ?? current;
    draw();
  });
  root.addEventListener("input", draw);
  root.querySelector("[data-add-stop]").addEventListener("click", () => fieldOf(add(), "name").focus());
  root.querySelector("[data-add-rest]").addEventListener("click", () => {
    const row = add();
    rest(row, current ?? rowsOf(root).find((one) => fieldOf(one, "name").value));
    row.querySelector('[type="date"]').focus();
  });
  map.on("click", (event) => put(event.latlng));
  map.getContainer().addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== map.getContainer()) return;
    event.preventDefault();
    put(map.getCenter());
  });
  draw();
  if (marks.getLayers().length) map.fitBounds(marks.getBounds(), { maxZoom: NEAR, padding: [32, 32] });
}
