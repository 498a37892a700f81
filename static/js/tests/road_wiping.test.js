import assert from "node:assert/strict";
import test from "node:test";

import { isHeld, LIFE, offerWipe, wipe, wipeWhatIsOver } from "#lib/stored.js";
import * as saving from "#road/saving.js";
import { begun, CONFIG, NOW, net, PACK, saved } from "./support/road.js";

const FRESH = { contact: NOW, clock: NOW };

test("what is on its way when somebody wipes is written nowhere, by this page or another", async (context) => {
  const { stores, held } = await saved(context);
  let answer;
  context.mock.method(
    globalThis,
    "fetch",
    () =>
      new Promise((done) => {
        answer = done;
      }),
  );
  const waits = saving.refresh(CONFIG, held, NOW + 1);
  await wipe();
  answer(new Response(JSON.stringify(PACK)));
  await assert.rejects(waits, saving.Wiped);
  assert.deepEqual(await stores.keys(), []);
  const other = await saved(context);
  await other.stores.delete("page");
  await assert.rejects(saving.refresh(CONFIG, other.held, NOW + 1), saving.Wiped);
  const page = `<script type="application/json" id="road">${JSON.stringify(CONFIG)}</script>`;
  context.mock.method(globalThis, "fetch", async () => new Response(page));
  await assert.rejects(saving.renewPage(CONFIG, other.held.meta, NOW + LIFE / 2), /wiped meanwhile/);
  assert.deepEqual(await other.stores.keys(), []);
});

test("a press that another page wipes meanwhile makes nothing again", async (context) => {
  const { stores } = begun();
  net(context, { "/api/": PACK });
  const wipedThere = (step) => step === "map" && stores.held.delete("page");
  await assert.rejects(saving.save(CONFIG, "GE", true, NOW, wipedThere), /wiped meanwhile/);
  assert.deepEqual(await stores.keys(), []);
});

test("whichever page is opened wipes what is over or has no day", async (context) => {
  const { stores } = await saved(context);
  await wipeWhatIsOver(NOW + LIFE);
  assert.deepEqual(await stores.keys(), ["page"]);
  await wipeWhatIsOver(NOW + LIFE + 1);
  assert.deepEqual(await stores.keys(), []);
  await stores.open("page");
  await wipeWhatIsOver(NOW);
  assert.deepEqual(await stores.keys(), []);
});

test("a copy that cannot be read goes alone", async (context) => {
  for (const [broken, other] of [
    ["page", "leaf"],
    ["leaf", "page"],
  ]) {
    const { stores } = await saved(context);
    await stores.delete("page");
    for (const name of [broken, other])
      await (await stores.open(name)).put(`/ru/${name}/kept/meta`, new Response(JSON.stringify(FRESH)));
    await (await stores.open(broken)).put(`/ru/${broken}/kept/meta`, new Response("{torn"));
    await wipeWhatIsOver(NOW);
    assert.deepEqual(await stores.keys(), [other]);
    await (await stores.open(broken)).put(`/ru/${broken}/kept/meta`, new Response("null"));
    await wipeWhatIsOver(NOW);
    assert.deepEqual(await stores.keys(), [other]);
  }
});

test("where even the stores cannot be asked all goes", async (context) => {
  const { stores, workers } = await saved(context);
  stores.has = () => Promise.reject(new Error("broken"));
  await wipeWhatIsOver(NOW);
  assert.deepEqual([await stores.keys(), workers.registered], [[], []]);
});

test("a wipe leaves no store, no worker and no database, and tells the worker before", async (context) => {
  const { stores, workers } = await saved(context);
  assert.equal(await isHeld(), true);
  await wipe();
  assert.deepEqual([await stores.keys(), workers.registered, await isHeld()], [[], [], false]);
  assert.deepEqual(workers.log.at(-1), ["told", "wipe"]);
});

test("the footer offers to wipe where something is held, and only there", async (context) => {
  begun();
  document.body.innerHTML = '<button data-wipe data-done="Стёрто." hidden></button>';
  await offerWipe(document, NOW);
  const button = document.querySelector("button");
  assert.equal(button.hidden, true);
  net(context, { "/api/": PACK });
  await saving.save(CONFIG, "GE", false, NOW);
  await offerWipe(document, NOW);
  assert.equal(button.hidden, false);
  button.click();
  await new Promise((done) => setTimeout(done, 20));
  assert.deepEqual([document.body.textContent, await isHeld()], ["Стёрто.", false]);
});
