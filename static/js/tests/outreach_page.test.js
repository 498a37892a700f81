import assert from "node:assert/strict";
import test from "node:test";
import { promisify } from "node:util";

import { Again } from "#outreach/again.js";
import { begun, CODE, CONFIG, Home } from "./support/outreach.js";
import { load } from "./support/page.js";

const TEXTS = `sent waiting until offline working short not_on wiped withdrawn left over none due confirm visit served
  not_served why visit_served visit_not waits undo`.split(/\s+/);
const LOCKED = '<form data-out-locked hidden><input name="pin"><button name="press"></button></form>';
const PAGE = `<script id="outreach" type="application/json">${JSON.stringify({
  ...CONFIG,
  lang: "ru",
  reasons: [],
  texts: Object.fromEntries(TEXTS.map((name) => [name, `${name} %(n)s`])),
})}</script><p data-out-said tabindex="-1"></p><a data-out-login hidden></a>
<form data-out-on hidden><input name="pin"><button name="press"></button></form>${LOCKED}
<div data-out-open hidden tabindex="-1"><input data-out-words>
  ${["own", "near", "near-part", "left", "told", "told-part", "state", "until"].map((one) => `<p data-out-${one}></p>`).join("")}
  <button data-out-send></button><button data-out-lock></button></div>`;
const MINUTE = 60_000;

// What is on its way in promises gets there; timers do not move by it.
async function settled(turns = 30) {
  for (let turn = 0; turn < turns; turn += 1) await new Promise((done) => setImmediate(done));
}

// A seal takes a while of the real time.
const moment = promisify(setTimeout);

async function until(isSo) {
  for (let turn = 0; turn < 1000 && !isSo(); turn += 1) await moment(10);
  assert.ok(isSo());
}

async function opened(context) {
  begun();
  const home = new Home(context);
  document.body.innerHTML = PAGE;
  context.mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  await load("#pages/outreach.js");
  await until(() => !document.querySelector("[data-out-on]").hidden);
  document.querySelector("[data-out-on] [name=pin]").value = CODE;
  document.querySelector("[data-out-on]").dispatchEvent(new Event("submit", { cancelable: true }));
  await until(() => !document.querySelector("[data-out-open]").hidden && home.asked.at(-1).name === "take");
  await moment(300);
  home.asked.length = 0;
  const pass = async (time) => {
    for (let passed = 0; passed < time; passed += 1000) {
      context.mock.timers.tick(1000);
      await settled();
    }
  };
  return { home, pass, asked: () => home.asked.filter(({ name }) => name === "take").length };
}

test("an open phone asks a home in trouble later and later, and at once when there is a connection anew", async (context) => {
  const { home, pass, asked } = await opened(context);
  home.cut = () => 503;
  const button = document.querySelector("[data-out-send]");
  await until(() => asked() > 0 || void button.click());
  await settled();
  await pass(3000);
  assert.equal(asked(), 2, "once soon");
  await pass(10 * MINUTE);
  assert.ok(asked() <= 7, `${asked()} in ten minutes`);
  const before = asked();
  await pass(11 * MINUTE);
  assert.ok(asked() > before, "it does not give up");
  home.cut = () => "";
  window.dispatchEvent(new Event("online"));
  const last = asked();
  await until(() => asked() > last);
  await moment(300);
  const answered = asked();
  await pass(11 * MINUTE);
  assert.equal(asked(), answered, "home has answered: nothing to ask");
});

test("what waits after a press is not asked about every twenty seconds either", async (context) => {
  const { home, pass, asked } = await opened(context);
  home.cut = () => 429;
  document.querySelector("[data-out-own] .primary").click();
  await until(() => asked() === 1);
  await pass(10 * MINUTE);
  assert.ok(asked() > 2 && asked() <= 7, `${asked()} in ten minutes`);
  home.cut = () => "";
  await pass(11 * MINUTE);
  await until(() => home.written.size === 1);
});

test("one wait at a time, and an answer begins anew", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  let ran = 0;
  const again = new Again(() => {
    ran += 1;
  });
  for (const _press of [1, 2, 3]) again.later();
  assert.equal(again.isWaiting, true);
  context.mock.timers.tick(60 * MINUTE);
  assert.deepEqual([ran, again.isWaiting], [1, false]);
  again.rest();
  again.later();
  context.mock.timers.tick(2000);
  assert.equal(ran, 2);
});
