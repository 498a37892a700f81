import assert from "node:assert/strict";
import test from "node:test";

import { isHeld, LIFE, offerWipe, wipe, wipeWhatIsOver } from "#lib/stored.js";
import * as saving from "#road/saving.js";
import { page } from "./support/page.js";
import { withStores } from "./support/store.js";

const NOW = Date.parse("2026-11-30T08:00:00Z");
const CONFIG = {
  code: "ru",
  api: "/api/v1/pack/",
  page: "/ru/road/",
  worker: "/ru/road/worker.js",
  map_url: "/ru/road/map/__.pmtiles",
  shell: ["/static/a.js"],
  map_shell: ["/static/labels.json"],
};
const PLACE = {
  id: "p1",
  timezone: "Asia/Tbilisi",
  services: [{ id: "s1", hides_on: null, due_on: null, notices: [], stays: [] }],
};
const PACK = {
  revision: "7-0123456789abcdef",
  is_whole: true,
  changed: [PLACE],
  gone: [],
  lines: [],
  needs: [],
  holidays: { off: {}, perhaps: {} },
};

// Answers by the beginning of an address: a value is JSON, a number a refusal; what was asked, in order.
function net(context, answers = {}) {
  const asked = [];
  context.mock.method(globalThis, "fetch", async (url, options) => {
    asked.push([String(url), options]);
    const found = Object.entries(answers).find(([start]) => String(url).startsWith(start))?.[1] ?? {};
    if (found === "none") throw new TypeError("no network");
    return typeof found === "number" ? new Response("", { status: found }) : new Response(JSON.stringify(found));
  });
  return asked;
}

function begun() {
  page("", { url: "https://map.test/ru/road/" });
  return withStores();
}

async function saved(context, answers = { "/api/": PACK }) {
  const parts = begun();
  const asked = net(context, answers);
  const held = await saving.save(CONFIG, "GE", true, NOW);
  return { ...parts, asked, held };
}

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

test("what is on its way when somebody wipes is written nowhere, by this page or another", async (context) => {
  const { stores, held } = await saved(context);
  let answer;
  context.mock.method(
    globalThis,
    "fetch",
    () =>
      new Promise((done) => {
        answer = done;
      }),
  );
  const waits = saving.refresh(CONFIG, held, NOW + 1);
  await wipe();
  answer(new Response(JSON.stringify(PACK)));
  await assert.rejects(waits, saving.Wiped);
  assert.deepEqual(await stores.keys(), []);
  const other = await saved(context);
  await other.stores.delete("page");
  await assert.rejects(saving.refresh(CONFIG, other.held, NOW + 1), saving.Wiped);
  const page = `<script type="application/json" id="road">${JSON.stringify(CONFIG)}</script>`;
  context.mock.method(globalThis, "fetch", async () => new Response(page));
  await assert.rejects(saving.renewPage(CONFIG, other.held.meta, NOW + LIFE / 2), /wiped meanwhile/);
  assert.deepEqual(await other.stores.keys(), []);
});

test("a press that another page wipes meanwhile makes nothing again", async (context) => {
  const { stores } = begun();
  net(context, { "/api/": PACK });
  const wipedThere = (step) => step === "map" && stores.held.delete("page");
  await assert.rejects(saving.save(CONFIG, "GE", true, NOW, wipedThere), /wiped meanwhile/);
  assert.deepEqual(await stores.keys(), []);
});

test("whichever page is opened wipes what is over or has no day", async (context) => {
  const { stores } = await saved(context);
  await wipeWhatIsOver(NOW + LIFE);
  assert.deepEqual(await stores.keys(), ["page"]);
  await wipeWhatIsOver(NOW + LIFE + 1);
  assert.deepEqual(await stores.keys(), []);
  await stores.open("page");
  await wipeWhatIsOver(NOW);
  assert.deepEqual(await stores.keys(), []);
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

test("a wipe leaves no store, no worker and no database, and tells the worker before", async (context) => {
  const { stores, workers } = await saved(context);
  assert.equal(await isHeld(), true);
  await wipe();
  assert.deepEqual([await stores.keys(), workers.registered, await isHeld()], [[], [], false]);
  assert.deepEqual(workers.log.at(-1), ["told", "wipe"]);
});

test("the footer offers to wipe where something is held, and only there", async (context) => {
  begun();
  document.body.innerHTML = '<button data-wipe data-done="Стёрто." hidden></button>';
  await offerWipe(document, NOW);
  const button = document.querySelector("button");
  assert.equal(button.hidden, true);
  net(context, { "/api/": PACK });
  await saving.save(CONFIG, "GE", false, NOW);
  await offerWipe(document, NOW);
  assert.equal(button.hidden, false);
  button.click();
  await new Promise((done) => setTimeout(done, 20));
  assert.deepEqual([document.body.textContent, await isHeld()], ["Стёрто.", false]);
});

test("a browser that forbids stores has none, and nothing breaks", async () => {
  page();
  assert.equal(await isHeld(), false);
  await wipe();
});
