import assert from "node:assert/strict";
import test from "node:test";

import { settle, type } from "./support/page.js";
import { openPlace } from "./support/place.js";

async function paste({ field }, text) {
  type(field("pasted"), text);
  await settle();
}

test("what was pasted moves the pin, empties its field and is told in words", async () => {
  const point = { lat: 41.71, lon: 44.81, said: "3 км от Тбилиси" };
  const form = await openPlace({ point });
  await paste(form, "https://yandex.ru/maps/?pt=44.81,41.71");
  const { field, find, calls, map } = form;
  assert.deepEqual([field("lat").value, field("lon").value, field("pasted").value], ["41.710000", "44.810000", ""]);
  assert.equal(find("[data-pin-said]").textContent, "3 км от Тбилиси");
  assert.deepEqual(map(), [41.7, 44.8]);
  const asked = calls.find(({ address }) => address === "/point/");
  assert.equal(asked.options.method, "POST");
  assert.deepEqual(Object.fromEntries(asked.options.body), {
    text: "https://yandex.ru/maps/?pt=44.81,41.71",
    country: "GE",
  });
});

test("what holds no point says why, and stays to be mended", async () => {
  const form = await openPlace({ point: { said: "Короткая ссылка" } });
  await paste(form, "https://goo.gl/a");
  assert.deepEqual([form.field("lat").value, form.field("pasted").value], ["", "https://goo.gl/a"]);
  assert.equal(form.find("[data-pin-said]").textContent, "Короткая ссылка");
});

function standing(answer) {
  Object.defineProperty(window.navigator, "geolocation", { value: answer, configurable: true });
}

test("where somebody is: the pin goes there and the form says how sure that is", async () => {
  const { field, find } = await openPlace();
  standing({ getCurrentPosition: (found) => found({ coords: { latitude: 41.7, longitude: 44.8, accuracy: 24.6 } }) });
  find("[data-locate]").click();
  assert.deepEqual([field("lat").value, find("[data-pin-said]").textContent], ["41.700000", "Вы здесь, 25 м"]);
});

test("a position that is refused or unknown to the browser is said, and moves nothing", async () => {
  const { field, find } = await openPlace();
  for (const answer of [undefined, { getCurrentPosition: (_found, refused) => refused() }]) {
    standing(answer);
    find("[data-pin-said]").textContent = "";
    find("[data-locate]").click();
    assert.deepEqual([field("lat").value, find("[data-pin-said]").textContent], ["", "Не сказал"]);
  }
});
