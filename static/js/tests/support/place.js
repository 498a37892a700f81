// The form of a place as templates/workspace/place.html draws it, as far as its script looks at it.

import { sized } from "./map.js";
import { network, ok, refused } from "./net.js";
import { fire, load, page, settle, tick, type } from "./page.js";

const CONFIG = {
  basemap: { kind: "xyz", url: "/t/{z}/{x}/{y}" },
  labels_url: "/labels.json",
  lang: "ru",
  city: [41.7, 44.8],
  cities: "/cities/",
  address: "/address/",
  area: "/area/",
  point: "/point/",
  texts: {
    pin: "Метка",
    moved: "%(lat)s %(lon)s",
    notFound: "Не нашли",
    door: "Дверь: %(name)s",
    street: "Улица: %(name)s",
    city: "Город: %(name)s",
    several: "Выберите",
    here: "Вы здесь, %(metres)s м",
    noPosition: "Не сказал",
    for_members: "Только участники",
    for_circle: "Только круг",
    exact: "Все увидят: %(address)s",
    district: "Все увидят: %(district)s",
    settlement: "Все увидят: %(city)s",
  },
};
const YEREVAN = { id: 77, name: "Ереван", country: "AM", timezone: "Asia/Yerevan", lat: "40.2", lon: "44.5" };

const radio = (name) => (value, at) => `<input type="radio" name="${name}" value="${value}"${at ? "" : " checked"}>`;
const radios = (name, values) => values.map(radio(name)).join("");
const options = (values) =>
  values.map((value) => `<option value="${value}">${value === "GE" ? "Грузия" : value}</option>`).join("");
const PRECISIONS = ["exact", "district", "settlement"];

const form = ({ lat = "", lon = "" }) => `
  <form data-place><input name="csrfmiddlewaretoken" value="secret"><input name="place_code">
    <select name="type">${options(["office", "shelter"])}</select>
    <select name="country">${options(["GE", "AM"])}</select><input name="timezone">
    <input name="city"><ul id="city-suggestions" hidden></ul><input name="address"><input name="district">
    <input name="pasted"><button type="button" data-locate></button><button type="button" data-find-address></button><button type="button" data-remove-pin></button>
    <ul data-found-addresses hidden></ul><div data-pin-map tabindex="0"></div><p data-pin-said></p>
    <input name="lat" value="${lat}"><input name="lon" value="${lon}">
    <p data-area-said hidden></p>
    <div data-shelter-note hidden></div>
    ${radios("public_precision", PRECISIONS)}${radios("member_precision", PRECISIONS)}
    ${radios("visibility", ["public", "members", "circle"])}
    <p data-preview><span data-preview-text></span></p></form>`;

export async function openPlace({
  cities = [YEREVAN],
  addresses = [],
  point = {},
  type: kind = "office",
  ...values
} = {}) {
  const document = page(
    `<script id="pin-config" type="application/json">${JSON.stringify(CONFIG)}</script>${form(values)}`,
  );
  const calls = network((address) => {
    if (address === "/cities/") return ok({ results: cities });
    if (address === "/point/") return ok(point);
    if (address === "/area/") return ok({ district: [41.65, 44.75], settlement: null });
    return address === "/address/" ? ok({ results: addresses }) : refused(404);
  });
  const find = (selector) => document.querySelector(selector);
  const field = (name) => find("form").elements[name];
  const choice = (name, value) => find(`[name=${name}][value=${value}]`);
  field("type").value = kind;
  sized(find("[data-pin-map]"));
  const L = await import("leaflet");
  let leaflet = null;
  L.Map.addInitHook(function note() {
    leaflet = this;
  });
  await load("#pages/place.js");
  const suggestCities = async () => {
    field("city").focus();
    type(field("city"), "Ер");
    await new Promise((done) => setTimeout(done, 200));
    await settle();
  };
  const chooseCity = async () => {
    await suggestCities();
    fire(find("#city-suggestions").children[0], "mousedown");
  };
  const findAddress = async () => {
    find("[data-find-address]").click();
    await settle();
  };
  const map = () => [leaflet.getCenter().lat, leaflet.getCenter().lng].map((value) => Math.round(value * 10) / 10);
  const choose = (name, value) => tick(choice(name, value));
  return { document, calls, find, field, choice, choose, map, suggestCities, chooseCity, findAddress };
}
