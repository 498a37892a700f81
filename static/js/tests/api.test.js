import assert from "node:assert/strict";
import test from "node:test";

import { Api, ApiError } from "#map/api.js";
import { parseFragment } from "#map/state.js";

function fakeFetch(answer) {
  const calls = [];
  const fetch = (address, options) => {
    calls.push({ address, options });
    return answer(address, options);
  };
  return { calls, fetch };
}

const ok = (body) => Promise.resolve({ ok: true, status: 200, json: async () => body });
const api = (fetch) => new Api({ base: "/api/v1/", language: "ru", fetch });

test("filters and the box go into the query", async () => {
  const { calls, fetch } = fakeFetch(() => ok({ total: 1 }));
  const state = parseFragment("#service=prep,pep&country=GE");
  assert.deepEqual(await api(fetch).map(state, { bbox: [1, 2, 3, 4], zoom: 5.4 }), { total: 1 });
  const query = new URLSearchParams(calls[0].address.split("?")[1]);
  assert.deepEqual(Object.fromEntries(query), {
    service: "prep,pep",
    country: "GE",
    zoom: "5",
    bbox: "1.0000,2.0000,3.0000,4.0000",
    lang: "ru",
  });
});

test("words and positions go into the body, positions roughly", async () => {
  const { calls, fetch } = fakeFetch(() => ok({}));
  const state = { ...parseFragment("#open=now"), q: "тест", near: { lat: 41.716667, lon: 44.783333, mine: true } };
  await api(fetch).search(state, { zoom: 6 });
  assert.equal(calls[0].address, "/api/v1/search/");
  assert.deepEqual(JSON.parse(calls[0].options.body), {
    q: "тест",
    filters: { open: "now" },
    page: 1,
    zoom: 6,
    lat: 41.717,
    lon: 44.783,
    lang: "ru",
  });
});

test("a newer question aborts the older one of its kind", async () => {
  const waiting = (address, { signal }) =>
    new Promise((resolve, reject) => {
      if (address.includes("page=2")) resolve({ ok: true, json: async () => "newer" });
      signal.addEventListener("abort", () => reject(new Error("stopped")));
    });
  const { fetch } = fakeFetch(waiting);
  const asked = api(fetch);
  const older = asked.listings(parseFragment(""), {});
  const newer = asked.listings(parseFragment(""), { page: 2 });
  await assert.rejects(older, (error) => error instanceof ApiError && error.kind === "aborted");
  assert.equal(await newer, "newer");
});

test("errors have kinds, and the server's words", async () => {
  const refuse = () =>
    Promise.resolve({ ok: false, status: 400, json: async () => ({ error: { message: "Нет такой страны" } }) });
  const broken = () =>
    Promise.resolve({
      ok: false,
      status: 502,
      json: async () => {
        throw new Error("no json");
      },
    });
  const offline = () => Promise.reject(new TypeError("Failed to fetch"));
  const ask = (answer) => api(fakeFetch(answer).fetch).place("x");
  await assert.rejects(ask(refuse), { kind: "input", message: "Нет такой страны" });
  await assert.rejects(ask(broken), { kind: "server" });
  await assert.rejects(ask(offline), { kind: "network" });
});
