import assert from "node:assert/strict";
import test from "node:test";

import { fire, key, none, settle, texts, type } from "./support/page.js";
import { openPlace } from "./support/place.js";
import { HOSTILE } from "./support/samples.js";

test("a chosen city fills its code, country and time zone, and the map goes there", async () => {
  const { field, chooseCity, map, calls } = await openPlace();
  await chooseCity();
  assert.deepEqual(
    ["city", "place_code", "country", "timezone"].map((name) => field(name).value),
    ["Ереван", "77", "AM", "Asia/Yerevan"],
  );
  assert.deepEqual(Object.fromEntries(calls.at(-1).options.body), { q: "Ер", country: "GE" });
  assert.deepEqual(map(), [40.2, 44.5]);
});

test("a pin that stands is not left behind for the middle of a city", async () => {
  const { chooseCity, map } = await openPlace({ lat: "41.7", lon: "44.8" });
  const before = map();
  await chooseCity();
  assert.deepEqual(map(), before);
});

test("a city that was changed by hand is no longer the chosen one", async () => {
  const { field, chooseCity } = await openPlace();
  await chooseCity();
  fire(field("city"), "input");
  assert.equal(field("place_code").value, "77");
  type(field("city"), "Ереванчик");
  assert.equal(field("place_code").value, "");
});

test("suggested cities are text, with what tells them apart", async () => {
  const { suggestCities, find } = await openPlace({
    cities: [{ name: HOSTILE, country_name: "Грузия", size: "село" }],
  });
  await suggestCities();
  assert.deepEqual(texts(find("#city-suggestions").children), [`${HOSTILE}Грузия, село`]);
  none(find("#city-suggestions img"));
});

test("one exact address moves the pin and says what was found", async () => {
  const { field, find, findAddress } = await openPlace({
    addresses: [{ name: "Горная, 5", lat: 41.71, lon: 44.81, found: "door" }],
  });
  await findAddress();
  assert.deepEqual([field("lat").value, field("lon").value], ["41.710000", "44.810000"]);
  assert.equal(find("[data-pin-said]").textContent, "Дверь: Горная, 5");
  assert.equal(find("[data-found-addresses]").hidden, true);
});

test("an address of which only the city is known shows the city, says so and leaves the pin to the person", async () => {
  const { field, find, map, findAddress } = await openPlace({
    addresses: [{ name: "Горная", lat: 41.72, lon: 44.82, found: "city" }],
  });
  await findAddress();
  assert.deepEqual([field("lat").value, map()], ["", [41.7, 44.8]]);
  assert.equal(find("[data-pin-said]").textContent, "Город: Горная");
});

test("several addresses are a choice, as text; none at all is said", async () => {
  const addresses = [
    { name: HOSTILE, lat: 41, lon: 44, found: "door" },
    { name: "Горная, 5", lat: 42, lon: 45, found: "door" },
  ];
  const { field, find, findAddress } = await openPlace({ addresses });
  await findAddress();
  const list = find("[data-found-addresses]");
  assert.deepEqual([list.hidden, texts(list.children), field("lat").value], [false, [HOSTILE, "Горная, 5"], ""]);
  none(list.querySelector("img"));
  list.querySelectorAll("button")[1].click();
  assert.deepEqual([field("lat").value, list.hidden], ["42.000000", true]);
  addresses.length = 0;
  await findAddress();
  assert.deepEqual([find("[data-pin-said]").textContent, list.hidden], ["Не нашли", true]);
});

test("Enter on the map puts the pin into its middle, and only there", async () => {
  const { field, find } = await openPlace();
  const map = find("[data-pin-map]");
  assert.equal(key(map, "a").defaultPrevented, false);
  assert.equal(key(map, "Enter").defaultPrevented, true);
  assert.deepEqual([field("lat").value, field("lon").value], ["41.700000", "44.800000"]);
  find("[data-remove-pin]").click();
  assert.equal(field("lat").value, "");
});

test("a shelter never has its address told: exact and district cannot be chosen", async () => {
  const { field, find, choice, choose } = await openPlace();
  choose("public_precision", "exact");
  choose("member_precision", "exact");
  field("type").value = "shelter";
  fire(field("type"), "change");
  assert.equal(find("[data-shelter-note]").hidden, false);
  const disabled = ["exact", "district", "settlement"].map((value) => choice("public_precision", value).disabled);
  assert.deepEqual(disabled, [true, true, false]);
  assert.equal(choice("public_precision", "settlement").checked, true);
  assert.equal(choice("member_precision", "settlement").checked, true);
  assert.equal(choice("visibility", "members").checked, true);
});

test("what is no shelter any more is free again", async () => {
  const { field, find, choice } = await openPlace({ type: "shelter" });
  assert.equal(choice("public_precision", "settlement").checked, true);
  field("type").value = "office";
  fire(field("type"), "change");
  assert.equal(find("[data-shelter-note]").hidden, true);
  assert.equal(choice("public_precision", "exact").disabled, false);
});

test("the area that people see instead of the pin is asked for and drawn, and goes with the choice", async () => {
  const { calls, find, choose } = await openPlace({ lat: "41.7777", lon: "44.8888" });
  const circles = () => document.querySelectorAll("path.area").length;
  assert.deepEqual([circles(), find("[data-area-said]").hidden], [0, true]);
  choose("public_precision", "district");
  await settle();
  assert.deepEqual([circles(), find("[data-area-said]").hidden], [1, false]);
  assert.equal(calls.at(-1).address, "/area/");
  assert.deepEqual(Object.fromEntries(calls.at(-1).options.body), { lat: "41.7777", lon: "44.8888", place_code: "" });
  choose("public_precision", "settlement");
  await settle();
  assert.deepEqual([circles(), find("[data-area-said]").hidden], [0, true]);
  choose("public_precision", "district");
  choose("public_precision", "exact");
  await settle();
  assert.equal(circles(), 0); // the answer came too late
  assert.equal(document.querySelectorAll(".pin-handle").length, 1);
});

test("the form says what everybody will see, as it will stand there", async () => {
  const { field, find, choose } = await openPlace();
  const said = () => find("[data-preview-text]").textContent;
  type(field("city"), "Тбилиси");
  type(field("address"), HOSTILE);
  type(field("district"), "Сололаки");
  choose("public_precision", "exact");
  assert.equal(said(), `Все увидят: Тбилиси, ${HOSTILE}`);
  none(find("[data-preview] img"));
  choose("public_precision", "district");
  assert.equal(said(), "Все увидят: Тбилиси, Сололаки");
  choose("public_precision", "settlement");
  assert.equal(said(), "Все увидят: Тбилиси");
  type(field("city"), "");
  choose("public_precision", "exact");
  assert.equal(said(), `Все увидят: Грузия, ${HOSTILE}`);
  choose("visibility", "members");
  assert.equal(said(), "Только участники");
  choose("visibility", "circle");
  assert.equal(said(), "Только круг");
});
