import assert from "node:assert/strict";
import test from "node:test";

import { isHeld, LIFE, wipe } from "#lib/stored.js";
import * as saving from "#road/saving.js";
import { page } from "./support/page.js";
import { begun, CONFIG, NOW, net, PACK, PLACE, saved } from "./support/road.js";

test("a press stores the page, its files, the rows and the map, and nothing that was asked", async (context) => {
  const { stores, workers, asked } = await saved(context);
  const names = (await (await stores.open("page")).keys()).map(({ url }) => url.replace("https://map.test", ""));
  assert.deepEqual(names.sort(), [
    "/ru/road/",
    "/ru/road/kept/meta",
    "/ru/road/kept/pack",
    "/ru/road/map/ge.pmtiles",
    "/static/a.js",
    "/static/labels.json",
  ]);
  assert.equal(asked[0][0], "/api/v1/pack/ge/?lang=ru");
  assert.ok(asked.every(([, options]) => options.credentials === "omit" && options.cache === "no-store"));
  assert.deepEqual(workers.log, [["register", "/ru/road/worker.js", { scope: "/ru/road/", updateViaCache: "none" }]]);
  assert.deepEqual(await stores.keys(), ["page"]);
});

test("half a copy is none", async (context) => {
  const { stores, workers } = begun();
  net(context, { "/api/": PACK, "/static/labels": 503 });
  await assert.rejects(saving.save(CONFIG, "GE", true, NOW));
  assert.deepEqual(await stores.keys(), []);
  assert.deepEqual(workers.registered, []);
  await assert.rejects(
    saving
      .save(CONFIG, "GE", false, NOW)
      .then(() => net(context, { "/api/": 410 }))
      .then(() => saving.save(CONFIG, "GE", false, NOW)),
    saving.Withdrawn,
  );
  assert.deepEqual(await stores.keys(), []);
});

test("home is asked what changed since, and its word is kept with the hour", async (context) => {
  const { held } = await saved(context);
  const later = { ...PACK, revision: "8-fedcba9876543210", is_whole: false, changed: [], gone: ["p1"] };
  const asked = net(context, { "/api/": later });
  const fresh = await saving.refresh(CONFIG, held, NOW + 5000);
  assert.equal(asked[0][0], "/api/v1/pack/ge/?lang=ru&since=7-0123456789abcdef");
  assert.deepEqual([fresh.pack.places, fresh.meta.contact], [[], NOW + 5000]);
  assert.deepEqual((await saving.open(NOW + 6000)).pack.places, []);
});

test("410 wipes all; a silence or a fault of home changes nothing", async (context) => {
  const { stores, held } = await saved(context);
  for (const answer of ["none", 503, 404]) {
    net(context, { "/api/": answer });
    await assert.rejects(saving.refresh(CONFIG, held, NOW + 1));
    assert.equal((await saving.open(NOW + 1)).meta.contact, NOW);
  }
  net(context, { "/api/": 410 });
  await assert.rejects(saving.refresh(CONFIG, held, NOW + 1), saving.Withdrawn);
  assert.deepEqual(await stores.keys(), []);
});

test("the latest hour that was seen is noted, and rows whose day is over leave the store", async (context) => {
  const mortal = { ...PLACE, id: "p2", services: [{ ...PLACE.services[0], id: "s2", hides_on: "2026-12-02" }] };
  await saved(context, { "/api/": { ...PACK, changed: [PLACE, mortal] } });
  const there = await saving.open(NOW + LIFE / 2);
  assert.deepEqual([there.meta.clock, there.pack.places.map(({ id }) => id)], [NOW + LIFE / 2, ["p1"]]);
  assert.equal((await saving.open(NOW)).meta.clock, NOW + LIFE / 2);
});

test("of a place that goes on, a service whose day is over leaves the store", async (context) => {
  const mortal = { ...PLACE.services[0], id: "s2", hides_on: "2026-12-02" };
  await saved(context, { "/api/": { ...PACK, changed: [{ ...PLACE, services: [...PLACE.services, mortal] }] } });
  await saving.open(NOW + LIFE / 2);
  const kept = await (await (await window.caches.open("page")).match("/ru/road/kept/pack")).json();
  assert.deepEqual(
    kept.places.map(({ services }) => services.map(({ id }) => id)),
    [["s1"]],
  );
});

test("a line that is cut while the page is renewed leaves the page of before", async (context) => {
  const { stores, held } = await saved(context);
  const before = await (await (await stores.open("page")).match("/ru/road/")).text();
  const told = JSON.stringify({ ...CONFIG, shell: ["/static/b.js", "/static/c.js"] });
  const fresh = `<script type="application/json" id="road">${told}</script>`;
  context.mock.method(
    globalThis,
    "fetch",
    async (url) => new Response(fresh, { status: url.includes("/c.js") ? 503 : 200 }),
  );
  await assert.rejects(saving.renewPage(CONFIG, held.meta, NOW + LIFE / 2));
  assert.equal(await (await (await stores.open("page")).match("/ru/road/")).text(), before);
});

test("another release of the page is fetched once a day, with files of other names", async (context) => {
  const { stores, held } = await saved(context);
  assert.equal(net(context).length, 0);
  await saving.renewPage(CONFIG, held.meta, NOW + 1000);
  const told = JSON.stringify({ ...CONFIG, shell: ["/static/b.js"] });
  context.mock.method(
    globalThis,
    "fetch",
    async () => new Response(`<script type="application/json" id="road">${told}</script>`),
  );
  await saving.renewPage(CONFIG, held.meta, NOW + LIFE / 2);
  const names = (await (await stores.open("page")).keys()).map(({ url }) => url);
  assert.ok(names.includes("https://map.test/static/b.js"));
  assert.ok(!names.includes("https://map.test/static/a.js"), "what no page names any more is gone");
  assert.ok(
    names.includes("https://map.test/ru/road/map/ge.pmtiles") && names.includes("https://map.test/ru/road/kept/pack"),
  );
});

test("a browser that forbids stores has none, and nothing breaks", async () => {
  page();
  assert.equal(await isHeld(), false);
  await wipe();
});
