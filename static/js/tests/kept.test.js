import assert from "node:assert/strict";
import test from "node:test";

import { fire, page } from "./support/page.js";

async function open() {
  page("");
  const store = {};
  const memory = {
    setItem: (name, value) => Object.defineProperty(store, name, { value, enumerable: true, configurable: true }),
    getItem: (name) => store[name] ?? null,
    removeItem: (name) => delete store[name],
  };
  const session = new Proxy(store, { get: (_store, name) => memory[name] ?? store[name] });
  Object.defineProperty(window, "sessionStorage", { value: session, configurable: true });
  return { store, ...(await import("#lib/kept.js")), ...(await import("#map/memory.js")) };
}

test("what is kept comes back, and goes at once when somebody leaves in haste, with nothing else", async () => {
  const { store, keep, kept, forgetKept } = await open();
  window.sessionStorage.setItem("other", "1");
  keep("map-1", { q: "тест" });
  assert.deepEqual(kept("map-1"), { q: "тест" });
  assert.equal(kept("map-2"), null);
  forgetKept();
  assert.deepEqual(Object.keys(store), ["other"]);
});

test("without storage nothing is kept, and nothing fails", async () => {
  const { keep, kept, forgetKept } = await open();
  Object.defineProperty(window, "sessionStorage", {
    get: () => {
      throw new Error("sandbox");
    },
    configurable: true,
  });
  keep("map-1", 1);
  forgetKept();
  assert.equal(kept("map-1"), null);
});

test("an entry of the history has the map as it was left, unless it was left in haste", async () => {
  const { store, Memory } = await open();
  const come = new Memory();
  assert.equal(come.left, undefined);
  come.keepWhenLeaving(() => ({ page: 2 }));
  fire(window, "pagehide");
  assert.deepEqual(new Memory().left, { page: 2 });
  assert.equal(Object.keys(store).length, 1);
  document.documentElement.classList.add("is-left");
  window.sessionStorage.removeItem(Object.keys(store)[0]);
  fire(window, "pagehide");
  assert.deepEqual(Object.keys(store), []);
});
