// The form of a place: suggestions of cities, the pin, the words "everybody sees…".

import { watch } from "#forms/alike.js";
import { makeMap, Pin } from "#forms/pin.js";
import { installPointTools } from "#forms/point.js";
import { asker } from "#forms/post.js";
import { suggest } from "#forms/suggest.js";
import { h } from "#lib/dom.js";
import { fill } from "#lib/text.js";
import { areaAround } from "#map/areas.js";

const form = document.querySelector("[data-place]");
const config = JSON.parse(document.getElementById("pin-config").textContent);
const field = (name) => form.elements[name];
const find = (selector) => form.querySelector(selector);
const said = find("[data-pin-said]");

function say(lat, lon) {
  said.textContent = fill(config.texts.moved, { lat: lat.toFixed(5), lon: lon.toFixed(5) });
}

const map = makeMap(find("[data-pin-map]"), config);
const place = new Pin(map, { lat: field("lat"), lon: field("lon"), title: config.texts.pin, family: "health", say });
map.on("click", (event) => place.write(event.latlng));
map.getContainer().addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target === map.getContainer()) {
    event.preventDefault();
    place.write(map.getCenter());
  }
});
find("[data-remove-pin]").addEventListener("click", () => place.clear());
installPointTools(form, { config, map, place, tell: (words) => (said.textContent = words) });

// --- city ---

const ask = asker(form);
let chosenCity = field("city").value;

function chooseCity(city) {
  field("city").value = city.name;
  field("place_code").value = city.id;
  field("country").value = city.country;
  field("timezone").value = city.timezone;
  chosenCity = city.name;
  if (!place.isSet) map.setView([Number(city.lat), Number(city.lon)], 10);
  preview();
}

suggest(field("city"), document.getElementById("city-suggestions"), {
  find: async (q) => (await ask(config.cities, { q, country: field("country").value }))?.results ?? null,
  line: (city) => [
    h("span", {}, city.name),
    h("span", { class: "small" }, [city.country_name, city.size].filter(Boolean).join(", ")),
  ],
  choose: chooseCity,
});
field("city").addEventListener("input", () => {
  if (field("city").value !== chosenCity) field("place_code").value = "";
});

// --- who may know what ---

function checked(name) {
  return form.querySelector(`[name=${name}]:checked`)?.value ?? "";
}

function words() {
  const visibility = checked("visibility");
  if (visibility !== "public") return config.texts[`for_${visibility}`];
  const country = field("country").selectedOptions[0]?.textContent ?? "";
  const city = field("city").value || country;
  const district = [city, field("district").value].filter(Boolean).join(", ");
  const address = [city, field("address").value].filter(Boolean).join(", ");
  return fill(config.texts[checked("public_precision")], { country, city, district, address });
}

function protectShelter() {
  const isShelter = field("type").value === "shelter";
  find("[data-shelter-note]").hidden = !isShelter;
  for (const value of ["exact", "district"]) {
    const choice = form.querySelector(`[name=public_precision][value=${value}]`);
    choice.disabled = isShelter;
    if (isShelter && choice.checked) form.querySelector("[name=public_precision][value=settlement]").checked = true;
  }
}

// The area that people see instead of the door, as the house chooses it.
const askArea = asker(form);
const BLURRED = ["district", "settlement"];
let shownArea = null;
let asked = 0;

async function showArea() {
  asked += 1;
  const mine = asked;
  const precision = checked("public_precision");
  const values = { lat: field("lat").value, lon: field("lon").value, place_code: field("place_code").value };
  const found = BLURRED.includes(precision) ? await askArea(config.area, values) : {};
  if (mine !== asked) return; // overtaken by another choice
  shownArea?.remove();
  shownArea = found?.[precision] ? areaAround(found[precision], precision) : null;
  shownArea?.addTo(map);
  find("[data-area-said]").hidden = !shownArea;
}

function preview() {
  protectShelter();
  showArea();
  find("[data-preview-text]").textContent = words();
}

field("type").addEventListener("change", () => {
  if (field("type").value === "shelter") {
    form.querySelector("[name=visibility][value=members]").checked = true;
    form.querySelector("[name=member_precision][value=settlement]").checked = true;
  }
});
form.addEventListener("input", preview);
form.addEventListener("change", preview);
preview();

watch(form, find("[data-alike]"));
