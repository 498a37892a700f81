// A page that works without a connection, and a home that keeps count: what was sent to it is written once by its key.

import { Desk } from "#outreach/desk.js";
import { page } from "./page.js";
import { withStores } from "./store.js";

export const NOW = Date.parse("2026-11-30T20:00:00Z");
export const HOUR = 60 * 60 * 1000;
export const CODE = "271828";
const FOLDER = "/ru/workspace/outreach/";
export const CONFIG = {
  page: FOLDER,
  worker: `${FOLDER}worker.js`,
  ...Object.fromEntries(["standing", "take", "begin", "send"].map((name) => [name, `${FOLDER}${name}/`])),
};
export const ROW = { id: "own1", title: "Тест", where: "Мост", seen: "v1", is_due: true, facts: [], places: null };
export const NEAR = { id: "near1", title: "Юрист", where: "Сосед", seen: "", is_due: false, facts: [], places: null };
export const ROWS = { own: [ROW], near: [NEAR], left: 0 };
const PAGE = `<html><head><link rel="stylesheet" href="/static/a.css"></head>
  <body><script id="outreach" type="application/json">{}</script><script src="/static/a.js"></script></body></html>`;

// `cut(name, number)` says of each question what the line does: "" nothing, "before" home, "after" it, or a status.
export class Home {
  constructor(context, { cut = () => "", told = () => "done" } = {}) {
    Object.assign(this, { cut, told, written: new Map(), asked: [], sent: 0 });
    context.mock.method(globalThis, "fetch", (url, options = {}) => this.#answer(String(url), options));
  }

  async #answer(url, { headers, body }) {
    const name = Object.keys(CONFIG).find((one) => one !== "page" && url.endsWith(CONFIG[one])) ?? "file";
    this.asked.push({ name, headers, body });
    const what = this.cut(name, this.asked.length);
    if (what === "before") throw new TypeError("no network");
    if (typeof what === "number") return new Response("{}", { status: what });
    const answer = this.#say(name, body, url);
    if (what === "after") throw new TypeError("no network");
    if (what === "half") return new Response(JSON.stringify(answer).slice(0, 5));
    return answer instanceof Response ? answer : new Response(JSON.stringify(answer));
  }

  #say(name, body, url) {
    if (name === "file") return new Response(url.endsWith(FOLDER) ? PAGE : "…");
    if (name === "take") return { token: "t", ...ROWS };
    if (name === "begin") return { secret: "s3cret" };
    if (name === "standing") return { lives: true };
    const { presses } = JSON.parse(body);
    this.sent += presses.length;
    return { told: presses.map((press) => this.#take(press)) };
  }

  #take(press) {
    const state = this.told(press);
    if (state === "done") this.written.set(press.key, press);
    return { key: press.key, state, words: state === "done" ? "" : "Другая версия", url: "" };
  }
}

export function begun() {
  page("", { url: `https://map.test${FOLDER}` });
  return withStores();
}

// → { desk, home, stores, workers, clock }: switched on at NOW; `clock.at` is what the phone believes.
export async function switchedOn(context, options) {
  const parts = begun();
  const home = new Home(context, options);
  const clock = { at: NOW };
  const desk = anew(clock);
  await desk.begin(CODE);
  return { ...parts, desk, home, clock };
}

// As after a tab was closed: nothing but what the store holds.
export const anew = (clock) => new Desk(CONFIG, { now: () => clock.at, rounds: 10 });

export const visit = (number = 0) => ({
  kind: "visit",
  listing: NEAR.id,
  value: "served",
  title: NEAR.title,
  words: `Визит ${number}`,
});
