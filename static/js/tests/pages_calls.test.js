import assert from "node:assert/strict";
import test from "node:test";

import { fire, load, page } from "./support/page.js";

const WORDS = {
  undo: "Вернуть",
  kept: "%(words)s: на телефоне",
  waiting: { one: "%(n)s ждёт", other: "%(n)s ждут" },
  signed_out: "войдите",
  too_old: "давно",
  refused: "нет",
  away: "нет связи",
};
const card = (id) => `<section data-card="${id}"><h2 tabindex="-1">${id}</h2><p data-said hidden></p><div data-open>
  <form data-press action="/answer/${id}/" data-words="Так и есть"><input type="hidden" name="said" value="right">
    <button>да</button></form>
  <details><form data-press action="/answer/${id}/" data-words="Передано"><input name="said" value="changed">
    <textarea name="text" data-draft></textarea><button>передать</button></form></details></div></section>`;
const PAGE = `<script type="application/json" id="call-texts">${JSON.stringify(WORDS)}</script>
  <form hidden data-calls data-who="1"><input name="csrfmiddlewaretoken" value="t"></form>
  <div data-calls-waiting hidden></div>${card("a")}${card("b")}${card("c")}
  <form data-press="rest" action="/rest/" data-words="Так и есть"><input type="hidden" name="listing" value="a">
    <input type="hidden" name="listing" value="b"><input type="hidden" name="listing" value="c">
    <button>все</button></form>`;

async function open(answers) {
  const document = page(PAGE);
  document.documentElement.lang = "ru";
  const kept = {};
  const storage = {
    getItem: (name) => kept[name] ?? null,
    setItem: (name, value) => {
      kept[name] = value;
    },
    removeItem: (name) => {
      delete kept[name];
    },
  };
  Object.defineProperty(window, "localStorage", { value: storage, configurable: true });
  const asked = [];
  globalThis.FormData = window.FormData;
  globalThis.fetch = async (url, { body }) => {
    asked.push([url, body.getAll("listing").join(), body.get("text") ?? ""]);
    const answer = answers.shift();
    if (!answer) throw new TypeError("no network");
    const headers = new Headers({ "Content-Type": "application/json" });
    return { ok: true, status: 200, redirected: false, headers, json: async () => answer };
  };
  globalThis.setInterval = () => 0;
  await load("#pages/calls.js");
  const find = (selector) => document.querySelector(selector);
  const settle = () => new Promise((done) => setTimeout(done, 5));
  const press = (selector) => {
    fire(find(selector), "submit", { cancelable: true });
    return settle();
  };
  return { document, find, press, asked, kept, settle };
}

test("without a connection a press is kept on the phone, can be taken back, and leaves with the connection", async () => {
  const { find, press, asked, kept, settle } = await open([]);
  await press("[data-card=a] [data-press]");
  assert.equal(find("[data-card=a] [data-said] span").textContent, "Так и есть: на телефоне");
  assert.equal(find("[data-card=a] [data-open]").hidden, true);
  assert.equal(find("[data-calls-waiting]").textContent, "1 ждёт");
  assert.ok(kept["calls:pending"].includes("/answer/a/"));
  find("[data-card=a] button.linkish").click();
  await settle();
  assert.deepEqual([find("[data-card=a] [data-open]").hidden, kept["calls:pending"]], [false, undefined]);
  assert.equal(asked.length, 1);
});

test("what is left is confirmed at once, without what was answered and what is said to have changed", async () => {
  const { find, press, asked, kept } = await open([
    { words: "Так и есть", undo: "/undo/" },
    { words: "1", undo: "" },
  ]);
  const words = find("[data-card=b] textarea");
  words.value = "до вос";
  fire(words, "input");
  assert.ok(kept["calls:drafts"].includes("до вос"));
  await press("[data-card=a] [data-press]");
  await press("[data-press=rest]");
  assert.deepEqual(asked, [
    ["/answer/a/", "", ""],
    ["/rest/", "c", ""],
  ]);
  assert.equal(find("[data-card=b] [data-open]").hidden, false);
  assert.equal(find("[data-card=c] [data-open]").hidden, true);
  assert.equal(find("[data-calls-waiting]").hidden, true);
  assert.deepEqual(Object.keys(kept), ["calls:drafts"]);
});
