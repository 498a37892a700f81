import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import vm from "node:vm";

import { isOver } from "#lib/stored.js";
import { Stores } from "./support/store.js";

const DAY = 24 * 60 * 60 * 1000;
const SCOPE = "https://map.test/ru/road/";
const source = (name) => readFileSync(new URL(`../${name}`, import.meta.url), "utf8");

// A worker in a world of its own. → { fetch(url, more), tell(word), run(event), stores, went: what reached the network }
function worker(name = "road-worker.js", now = Date.now()) {
  const [stores, heard, went] = [new Stores(), {}, []];
  const self = {
    location: new URL("https://map.test/ru/road/worker.js"),
    registration: {
      scope: SCOPE,
      isThere: true,
      unregister: async () => Object.assign(self.registration, { isThere: false }),
    },
    clients: { claim: async () => {}, matchAll: async () => [{ url: SCOPE, navigate: (url) => went.push(url) }] },
    addEventListener(kind, run) {
      heard[kind] = run;
    },
    skipWaiting() {},
  };
  const fetch = async (request) => {
    went.push(request.url);
    throw new TypeError("no network");
  };
  class Clock extends Date {
    static now = () => now;
  }
  const world = { self, caches: stores, fetch, Response, URL, Date: Clock, String, Number, Math };
  vm.runInNewContext(`${source(name)}\nglobalThis.over = typeof isOver === "undefined" ? null : isOver;`, world);
  async function run(kind, event = {}) {
    let waited;
    heard[kind]?.({
      waitUntil: (promise) => (waited = promise),
      respondWith: (promise) => (waited = promise),
      ...event,
    });
    return waited;
  }
  const ask = (url, { mode = "cors", method = "GET", range } = {}) =>
    run("fetch", { request: { url, mode, method, headers: new Headers(range ? { range } : {}) } });
  return { stores, self, went, run, ask, over: world.over };
}

async function filled(stores, meta) {
  const store = await stores.open("page");
  await store.put(SCOPE, new Response("страница"));
  await store.put("https://map.test/static/a.js", new Response("скрипт"));
  await store.put(`${SCOPE}map/ge.pmtiles`, new Response("0123456789"));
  await store.put(`${SCOPE}kept/meta`, new Response(JSON.stringify(meta)));
}

const NOW = Date.parse("2026-11-30T08:00:00Z");
const FRESH = { contact: NOW, clock: NOW };

test("the worker ends a copy exactly when the page does", () => {
  const { over } = worker();
  for (let contact = -20; contact <= 20; contact += 1)
    for (const clock of [-16, -2, -1, 0, 1, 2, 16]) {
      const meta = { contact: NOW + contact * DAY, clock: NOW + clock * DAY };
      for (const slip of [-1, 0, 1]) assert.equal(over(meta, NOW + slip), isOver(meta, NOW + slip));
    }
});

test("without a network the page and its files come from the store, whatever stands behind the address", async () => {
  const { stores, ask } = worker("road-worker.js", NOW);
  await filled(stores, FRESH);
  assert.equal(await (await ask(`${SCOPE}?utm=1`, { mode: "navigate" })).text(), "страница");
  assert.equal(await (await ask("https://map.test/static/a.js?v=2")).text(), "скрипт");
});

test("a map is read piece by piece", async () => {
  const { stores, ask } = worker("road-worker.js", NOW);
  await filled(stores, FRESH);
  const found = await ask(`${SCOPE}map/ge.pmtiles`, { range: "bytes=2-4" });
  assert.deepEqual(
    [found.status, await found.text(), found.headers.get("Content-Range")],
    [206, "234", "bytes 2-4/10"],
  );
  const last = await ask(`${SCOPE}map/ge.pmtiles`, { range: "bytes=8-99" });
  assert.deepEqual([await last.text(), last.headers.get("Content-Range")], ["89", "bytes 8-9/10"]);
});

test("questions to home are never answered here, and nothing is stored", async () => {
  const { stores, ask, went } = worker("road-worker.js", NOW);
  await filled(stores, FRESH);
  const before = (await (await stores.open("page")).keys()).length;
  await assert.rejects(ask("https://map.test/api/v1/pack/ge/?since=1"));
  await assert.rejects(ask(SCOPE), "the page asked by a script is today's");
  await assert.rejects(ask("https://elsewhere.test/static/a.js"));
  assert.equal(went.length, 3);
  assert.equal(await ask("https://map.test/seen/", { method: "POST" }), undefined);
  assert.equal((await (await stores.open("page")).keys()).length, before);
});

for (const [name, now] of [
  ["a copy whose time is over", NOW + 15 * DAY],
  ["a copy under a clock that went back", NOW - 2 * DAY],
])
  test(`${name} is wiped by the worker, which then is none`, async () => {
    const { stores, ask, self } = worker("road-worker.js", now);
    await filled(stores, FRESH);
    assert.equal((await ask(SCOPE, { mode: "navigate" })).status, 410);
    assert.deepEqual([await stores.keys(), self.registration.isThere], [[], false]);
  });

test("a word of any page wipes", async () => {
  const { stores, run, self } = worker("road-worker.js", NOW);
  await filled(stores, FRESH);
  await run("message", { data: "hello" });
  assert.deepEqual(await stores.keys(), ["page"]);
  await run("message", { data: "wipe" });
  assert.deepEqual([await stores.keys(), self.registration.isThere], [[], false]);
});

test("the worker that stands in its place wipes, removes itself and has the page opened anew", async () => {
  const { stores, run, self, went } = worker("road-worker-gone.js");
  await filled(stores, FRESH);
  await run("install");
  await run("activate");
  assert.deepEqual([await stores.keys(), self.registration.isThere, went], [[], false, [SCOPE]]);
});
