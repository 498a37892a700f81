// A page for the road whose home answers as a test says; a country that was saved there.

import * as saving from "#road/saving.js";
import { page } from "./page.js";
import { withStores } from "./store.js";

export const NOW = Date.parse("2026-11-30T08:00:00Z");
export const CONFIG = {
  code: "ru",
  api: "/api/v1/pack/",
  page: "/ru/road/",
  worker: "/ru/road/worker.js",
  map_url: "/ru/road/map/__.pmtiles",
  shell: ["/static/a.js"],
  map_shell: ["/static/labels.json"],
};
export const PLACE = {
  id: "p1",
  timezone: "Asia/Tbilisi",
  services: [{ id: "s1", hides_on: null, due_on: null, notices: [], stays: [] }],
};
export const PACK = {
  revision: "7-0123456789abcdef",
  is_whole: true,
  changed: [PLACE],
  gone: [],
  lines: [],
  needs: [],
  holidays: { off: {}, perhaps: {} },
};

// Answers by the beginning of an address: a value is JSON, a number a refusal; what was asked, in order.
export function net(context, answers = {}) {
  const asked = [];
  context.mock.method(globalThis, "fetch", async (url, options) => {
    asked.push([String(url), options]);
    const found = Object.entries(answers).find(([start]) => String(url).startsWith(start))?.[1] ?? {};
    if (found === "none") throw new TypeError("no network");
    return typeof found === "number" ? new Response("", { status: found }) : new Response(JSON.stringify(found));
  });
  return asked;
}

export function begun() {
  page("", { url: "https://map.test/ru/road/" });
  return withStores();
}

export async function saved(context, answers = { "/api/": PACK }) {
  const parts = begun();
  const asked = net(context, answers);
  const held = await saving.save(CONFIG, "GE", true, NOW);
  return { ...parts, asked, held };
}
