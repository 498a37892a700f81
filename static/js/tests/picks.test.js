import assert from "node:assert/strict";
import test from "node:test";

import { fire, page } from "./support/page.js";

const ONE = "aaaaaaaaaa";
const TWO = "bbbbbbbbbb";
const HTML = `<a data-picks hidden><span data-picks-count></span></a>
  <span data-picks-said data-now="В подборке:" data-full="Полна"></span>
  <button id="one" data-star="${ONE}" aria-pressed="false"><i></i></button>
  <button id="two" data-star="${TWO}" aria-pressed="false"></button>`;

async function open(html = HTML) {
  const document = page(html);
  window.sessionStorage.clear();
  const lib = await import("#lib/picks.js");
  const { forgetKept } = await import("#lib/kept.js");
  lib.installPicks(document);
  return { ...lib, forgetKept, find: (selector) => document.querySelector(selector) };
}

test("a star puts in and takes out; the way to the selection is there when there is something", async () => {
  const { find, picks } = await open();
  assert.equal(find("[data-picks]").hidden, true);
  find("#one i").click();
  find("#two").click();
  assert.deepEqual(picks(), [ONE, TWO]);
  assert.deepEqual([find("[data-picks]").hidden, find("[data-picks-count]").textContent], [false, "2"]);
  assert.deepEqual(
    [find("#one").getAttribute("aria-pressed"), find("[data-picks-said]").textContent],
    ["true", "В подборке: 2"],
  );
  find("#one").click();
  find("#two").click();
  assert.deepEqual(
    [picks(), find("[data-picks]").hidden, find("#two").getAttribute("aria-pressed")],
    [[], true, "false"],
  );
});

test("thirty are enough, and a press more says so", async () => {
  const { find, keepPicks, picks, MOST } = await open();
  keepPicks(Array.from({ length: 40 }, (_one, number) => `c${number}`));
  assert.equal(picks().length, MOST);
  find("#one").click();
  assert.equal(picks().includes(ONE), false);
  assert.deepEqual([find("[data-picks-said]").textContent, find("[data-picks-said]").className], ["Полна", "is-shown"]);
  keepPicks([]);
  find("#one").click();
  assert.equal(find("[data-picks-said]").className, "");
});

test("a page that comes back shows what the tab has now; a quick exit leaves nothing", async () => {
  const { find, keepPicks, picks, forgetKept } = await open();
  keepPicks([ONE]);
  find("#one").setAttribute("aria-pressed", "false");
  fire(window, "pageshow");
  assert.equal(find("#one").getAttribute("aria-pressed"), "true");
  forgetKept();
  fire(window, "pageshow");
  assert.deepEqual([picks(), find("[data-picks]").hidden], [[], true]);
});

test("ids are read out of a link in their order, each once", async () => {
  const { readIds } = await open("");
  assert.deepEqual(readIds(`#${TWO},${ONE},${TWO},<x>,aaaaaaaaaaa,AAAAAAAAAA`), [TWO, ONE]);
  assert.deepEqual(readIds(""), []);
});
