import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import vm from "node:vm";

import { isLeafOver } from "#lib/stored.js";
import { Stores } from "./support/store.js";

const HOUR = 60 * 60 * 1000;
const SCOPE = "https://map.test/ru/workspace/outreach/";
const source = (name) => readFileSync(new URL(`../${name}`, import.meta.url), "utf8");

// A worker in a world of its own. → { ask(url, more), run(kind, event), stores, went: what reached the network }
function worker(name = "outreach-worker.js", now = NOW) {
  const [stores, heard, went] = [new Stores(), {}, []];
  const self = {
    location: new URL(`${SCOPE}worker.js`),
    registration: {
      scope: SCOPE,
      isThere: true,
      unregister: async () => Object.assign(self.registration, { isThere: false }),
    },
    clients: {
      claim: async () => {},
      matchAll: async () => [{ url: SCOPE, navigate: (url) => went.push(url) }],
    },
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
  const world = { self, caches: stores, fetch, Response, URL, Date: Clock, Math };
  vm.runInNewContext(`${source(name)}\nglobalThis.over = typeof isOver === "undefined" ? null : isOver;`, world);
  async function run(kind, event = {}) {
    let waited;
    const wait = (promise) => {
      waited = promise;
    };
    heard[kind]?.({ waitUntil: wait, respondWith: wait, ...event });
    return waited;
  }
  const ask = (url, { mode = "cors", method = "GET" } = {}) => run("fetch", { request: { url, mode, method } });
  return { stores, self, went, run, ask, over: world.over };
}

const NOW = Date.parse("2026-11-30T20:00:00Z");
const FRESH = { contact: NOW, clock: NOW };

async function filled(stores, meta = FRESH) {
  const store = await stores.open("leaf");
  await store.put(SCOPE, new Response("страница"));
  await store.put("https://map.test/static/a.js", new Response("скрипт"));
  await store.put(`${SCOPE}kept/meta`, new Response(JSON.stringify(meta)));
  await (await stores.open("page")).put("https://map.test/ru/road/", new Response("в дорогу"));
}

test("the worker ends a phone's copy exactly when the page does", () => {
  const { over } = worker();
  for (let contact = -80; contact <= 80; contact += 4)
    for (const clock of [-80, -2, -1, 0, 1, 2, 80]) {
      const meta = { contact: NOW + contact * HOUR, clock: NOW + clock * HOUR };
      for (const slip of [-1, 0, 1]) assert.equal(over(meta, NOW + slip), isLeafOver(meta, NOW + slip));
    }
});

test("without a connection the page and its files come from the store, whatever stands behind the address", async () => {
  const { stores, ask } = worker();
  await filled(stores);
  assert.equal(await (await ask(`${SCOPE}?utm=1`, { mode: "navigate" })).text(), "страница");
  assert.equal(await (await ask("https://map.test/static/a.js?v=2")).text(), "скрипт");
});

test("questions to home are never answered here, and nothing is stored", async () => {
  const { stores, ask, went } = worker();
  await filled(stores);
  const before = (await (await stores.open("leaf")).keys()).length;
  for (const name of ["take/", "standing/"]) await assert.rejects(ask(SCOPE + name));
  await assert.rejects(ask(SCOPE), "the page asked by a script is today's");
  await assert.rejects(ask("https://elsewhere.test/static/a.js"));
  await assert.rejects(ask("https://map.test/ru/road/"), "the other copy is not its own");
  assert.equal(went.length, 5);
  assert.equal(await ask(`${SCOPE}send/`, { method: "POST" }), undefined);
  assert.equal((await (await stores.open("leaf")).keys()).length, before);
});

test("where nothing is held it makes no store", async () => {
  const { stores, ask } = worker();
  assert.equal((await ask(SCOPE, { mode: "navigate" })).status, 410);
  assert.deepEqual(await stores.keys(), []);
});

for (const [name, now] of [
  ["a copy whose 72 hours are over", NOW + 73 * HOUR],
  ["a copy under a clock that went back", NOW - 2 * HOUR],
])
  test(`${name} is wiped by the worker, which then is none; the copy for the road stays`, async () => {
    const { stores, ask, self } = worker("outreach-worker.js", now);
    await filled(stores);
    assert.equal((await ask(SCOPE, { mode: "navigate" })).status, 410);
    assert.deepEqual([await stores.keys(), self.registration.isThere], [["page"], false]);
  });

test("a word of any page wipes all", async () => {
  const { stores, run, self } = worker();
  await filled(stores);
  await run("message", { data: "hello" });
  assert.deepEqual(await stores.keys(), ["leaf", "page"]);
  await run("message", { data: "wipe" });
  assert.deepEqual([await stores.keys(), self.registration.isThere], [[], false]);
});

test("the worker that stands in its place wipes its copy, removes itself and has the page opened anew", async () => {
  const { stores, run, self, went } = worker("outreach-worker-gone.js");
  await filled(stores);
  await run("install");
  await run("activate");
  assert.deepEqual([await stores.keys(), self.registration.isThere, went], [["page"], false, [SCOPE]]);
});
