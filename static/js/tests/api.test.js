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
    service: "pep,prep",
    country: "GE",
    zoom: "5",
    bbox: "1.0000,2.0000,3.0000,4.0000",
    lang: "ru",
  });
});

test("a list comes with the pins where it is asked for: of a box or of everywhere, in its order", async () => {
  const { calls, fetch } = fakeFetch(() => ok({ total: 1 }));
  const state = parseFragment("#country=GE&sort=checked");
  await api(fetch).map(state, { bbox: [1, 2, 3, 4], zoom: 5, list: null });
  await api(fetch).map(state, { bbox: [1, 2, 3, 4], zoom: 5, list: [1, 2, 3, 4] });
  await api(fetch).map(state, { bbox: [1, 2, 3, 4], zoom: 5 });
  const asked = calls.map(({ address }) => new URLSearchParams(address.split("?")[1]));
  assert.deepEqual(
    asked.map((query) => [query.get("list"), query.get("sort")]),
    [
      ["all", "checked"],
      ["1.0000,2.0000,3.0000,4.0000", "checked"],
      [null, null],
    ],
  );
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

test("lists: the order, the box and the page are asked for where they matter", async () => {
  const { calls, fetch } = fakeFetch(() => ok({}));
  await api(fetch).listings({ ...parseFragment("#open=now"), sort: "checked" }, { bbox: [1, 2, 3, 4], page: 3 });
  await api(fetch).listings(parseFragment(""), { bbox: null, page: 1 });
  const [whole, bare] = calls.map(({ address }) => Object.fromEntries(new URLSearchParams(address.split("?")[1])));
  assert.deepEqual(whole, { open: "now", sort: "checked", bbox: "1.0000,2.0000,3.0000,4.0000", page: "3", lang: "ru" });
  assert.deepEqual(bare, { lang: "ru" });
});

test("a search may be ordered, lie in a box, and stand without a zoom or a position", async () => {
  const { calls, fetch } = fakeFetch(() => ok({}));
  const state = { ...parseFragment("#sort=checked"), q: "тест" };
  await api(fetch).search(state, { bbox: [1, 2, 3, 4], page: 2 });
  const { method, body } = calls[0].options;
  assert.equal(method, "POST");
  assert.deepEqual(JSON.parse(body), {
    q: "тест",
    filters: {},
    page: 2,
    sort: "checked",
    bbox: "1.0000,2.0000,3.0000,4.0000",
    lang: "ru",
  });
});

test("the token of the page goes with what is posted, and only where the page has one", async () => {
  const { calls, fetch } = fakeFetch(() => ok({}));
  await new Api({ base: "/api/v1/", language: "ru", csrfToken: "secret", fetch }).cities("Тби");
  await api(fetch).cities("Тби");
  assert.equal(calls[0].options.headers["X-CSRFToken"], "secret");
  assert.equal("X-CSRFToken" in calls[1].options.headers, false);
  assert.deepEqual(JSON.parse(calls[1].options.body), { q: "Тби", lang: "ru" });
});

test("a name in an address cannot lead elsewhere", async () => {
  const { calls, fetch } = fakeFetch(() => ok({}));
  await api(fetch).place("../users?x");
  assert.equal(calls[0].address, "/api/v1/places/..%2Fusers%3Fx/?lang=ru");
});

test("questions of different kinds leave each other alone", async () => {
  const signals = [];
  const { fetch } = fakeFetch((_address, { signal }) => {
    signals.push(signal);
    return ok({});
  });
  const asked = api(fetch);
  await Promise.all([
    asked.map(parseFragment(""), { zoom: 3 }),
    asked.listings(parseFragment(""), {}),
    asked.place("x"),
  ]);
  assert.deepEqual(
    signals.map((signal) => signal.aborted),
    [false, false, false],
  );
});

test("a refusal without words of its own has none", async () => {
  const { fetch } = fakeFetch(() => Promise.resolve({ ok: false, status: 400, json: async () => ({}) }));
  await assert.rejects(api(fetch).place("x"), { kind: "input", message: "" });
});
