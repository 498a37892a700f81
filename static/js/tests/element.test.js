import assert from "node:assert/strict";
import test from "node:test";

import { breath } from "#lib/breath.js";
import { APP } from "./support/app.js";
import { network, ok, refused } from "./support/net.js";
import { fire, load, page, settle, texts, tick, type } from "./support/page.js";
import { answer, families, listing, mapAnswer, place, point } from "./support/samples.js";

const CONFIG = {
  api: "/api/v1/",
  urls: { home: "/ru/", search: "/ru/search/" },
  lang: "ru",
  texts: {},
  families,
  embed: false,
  initial: { filters: {}, sort: "", unread: [], bbox: [43, 41, 46, 43] },
  basemap: { kind: "xyz", url: "/t/{z}/{x}/{y}.png" },
  labels_url: "/labels.json",
};
const WORDS =
  "order_best order_near order_middle services_at_point reach_remote reach_far reach_elsewhere no_city map map_pins just_now services in_places show_services place_services pin cluster several_places show_on_map pick close more " +
  "nothing_loaded retry clear_all remove near near_me you_are_here show_more no_documents anonymous in_view show_all " +
  "position_failed nothing_here nothing_here_text nothing_fits kilometres metres quoted";

// The whole page of the map, with the real Leaflet and a server in the hand of the test.
async function open({ url, csrf = "", reply = {} } = {}) {
  const token = csrf && `<input type="hidden" name="csrfmiddlewaretoken" value="${csrf}">`;
  const config = { ...CONFIG, texts: Object.fromEntries(WORDS.split(" ").map((word) => [word, `${word} %(n)s`])) };
  const html = APP.replace("data-search>", `data-search>${token}`);
  const document = page(`<script id="map-config" type="application/json">${JSON.stringify(config)}</script>`, { url });
  const calls = network((address) => {
    const listings = address.includes("list=") ? answer() : undefined;
    if (address.includes("/map/"))
      return ok({ ...mapAnswer({ points: [point("p1", 44.8, 41.7)], ...reply.map }), listings });
    if (address.includes("/places/")) return ok(place());
    if (address.includes("/search/")) return ok({ ...answer([listing({ id: "found" })]), map: mapAnswer() });
    if (address.includes("/cities/")) return ok({ results: [{ name: "Тбилиси", lat: 41.7, lon: 44.8 }] });
    return address.includes("/listings/") ? ok(answer()) : refused(404);
  });
  Object.defineProperty(window.HTMLElement.prototype, "clientWidth", { get: () => 800, configurable: true });
  Object.defineProperty(window.HTMLElement.prototype, "clientHeight", { get: () => 600, configurable: true });
  await load("#map/element.js");
  document.body.insertAdjacentHTML("beforeend", html);
  await breath();
  await settle();
  await settle();
  const find = (selector) => document.querySelector(selector);
  return { document, calls, find, asked: (part) => calls.filter(({ address }) => address.includes(part)) };
}

test("the page of the server comes alive: pins, buttons, and no question about its list", async () => {
  const { find, asked } = await open();
  assert.ok(find(".spot-pin"));
  assert.equal(find("[data-near]").hidden, false);
  assert.equal(find("[data-view-switch]").hidden, false);
  assert.deepEqual([asked("/map/").length, asked("list=").length], [1, 0]);
});

test("a tick asks, and its answer is shown in the list, the chips and the address", async () => {
  const { document, find, asked } = await open();
  tick(find('input[value="GE"]'));
  await settle();
  await settle();
  assert.match(asked("list=")[0].address, /country=GE/);
  assert.equal(find("[data-cards] .card").dataset.listing, "l1");
  assert.match(texts(document.querySelectorAll("[data-active] .chip"))[0], /^Грузия/);
  assert.equal(window.location.hash, "#country=GE");
});

test("words are posted with the token of the page and never stand in an address", async () => {
  const { find, calls, asked } = await open({ csrf: "secret" });
  type(find("[name=q]"), "юрист");
  fire(find("[data-search]"), "submit");
  await settle();
  await settle();
  const [{ options }] = asked("/search/");
  assert.equal(options.headers["X-CSRFToken"], "secret");
  assert.equal(JSON.parse(options.body).q, "юрист");
  assert.equal(find("[data-cards] .card").dataset.listing, "found");
  assert.ok(calls.every(({ address }) => !decodeURIComponent(address).includes("юрист")));
  assert.doesNotMatch(decodeURIComponent(window.location.href), /юрист/);
});

test("a pin opens its place, and the place marks its cards", async () => {
  const { find } = await open({ url: "https://map.test/ru/#open=now" });
  find(".spot-pin").click();
  await settle();
  assert.equal(find(".leaflet-popup h3").textContent, "Дом на горе");
  assert.equal(find(".card").classList.contains("is-selected"), true);
  assert.equal(find(".spot-pin").classList.contains("is-selected"), true);
});

test("a pin under the hand answers in the list", async () => {
  const { find } = await open({ url: "https://map.test/ru/#open=now" });
  fire(find(".spot-pin"), "mouseenter");
  assert.equal(find(".card").classList.contains("is-answering"), true);
  fire(find(".spot-pin"), "mouseleave");
  assert.equal(find(".card").classList.contains("is-answering"), false);
});

test("another order is chosen in place, closes its menu, and leads nowhere", async () => {
  const { find, asked } = await open();
  find("details.menu").open = true;
  assert.equal(fire(find("[data-sort=checked]"), "click").defaultPrevented, true);
  fire(find("[data-sort-options]"), "click");
  await settle();
  assert.equal(find("details.menu").open, false);
  assert.equal(asked("list=").length, 1);
  assert.match(asked("list=")[0].address, /sort=checked/);
});

test("a position that the device does not give is told at the field for a city", async () => {
  const { find } = await open();
  Object.defineProperty(window.navigator, "geolocation", { value: undefined });
  find("[data-locate]").click();
  assert.match(find("#start-error").textContent, /position_failed/);
  assert.equal(document.activeElement.id, "start-city");
  find("[data-skip-start]").click();
  find("[data-locate]").click();
  assert.equal(find("[data-panel=where]").open, true);
  assert.match(find("#near-error").textContent, /position_failed/);
});

test("the keyboard skips to the list and to the map, and the address keeps what it says", async () => {
  const { document, find } = await open({ url: "https://map.test/ru/#country=GE" });
  assert.equal(fire(find("[data-skip]"), "click").defaultPrevented, true);
  assert.equal(document.activeElement, find("[data-summary]"));
  fire(find('[data-skip="[data-map]"]'), "click");
  assert.equal(document.activeElement, find("[data-map]"));
  assert.equal(window.location.hash, "#country=GE");
});

test("a tile answers what is needed, and the questions go; all cleared, they come back", async () => {
  const { document, find, asked } = await open();
  assert.equal(find("service-map").hasAttribute("data-start"), true);
  fire(find("[data-need]"), "click");
  await settle();
  await settle();
  assert.match(asked("list=")[0].address, /service=hiv_test%2Cprep/);
  assert.deepEqual([find("[data-start-panel]").hidden, find("service-map").hasAttribute("data-start")], [true, false]);
  assert.equal(document.activeElement, find("[data-summary]"));
  find("[data-reset]").click();
  await settle();
  assert.equal(find("[data-start-panel]").hidden, false);
});

test("a fragment changed by hand is followed; more and retry ask again", async () => {
  const { find, asked } = await open();
  window.location.hash = "#country=AM";
  fire(window, "hashchange");
  await settle();
  await settle();
  assert.equal(find('input[value="AM"]').checked, true);
  assert.match(asked("list=")[0].address, /country=AM/);
});

test("a city that is near is chosen in its panel, which closes, and stands in the address", async () => {
  const { find, asked } = await open();
  find("[data-panel=where] summary").click();
  type(find("[data-near-input]"), "Тби");
  await new Promise((done) => setTimeout(done, 250));
  find("[data-near-list] li").click();
  await settle();
  fire(window, "popstate");
  assert.equal(find("[data-panel=where]").open, false);
  assert.equal(JSON.parse(asked("/search/")[0].options.body).lat, 41.7);
  assert.match(window.location.hash, /^#near=44.8,41.7,/);
});
