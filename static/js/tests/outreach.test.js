import assert from "node:assert/strict";
import test from "node:test";

import { isLeafOver, LEAF_LIFE, leafPage, wipe, wipeAtSignOut, wipeWhatIsOver } from "#lib/stored.js";
import { Another, Away, SignedOut, Withdrawn } from "#outreach/home.js";
import { anew, begun, CODE, CONFIG, HOUR, Home, NOW, ROW, switchedOn, visit } from "./support/outreach.js";

const kept = async (stores, name) =>
  (await (await stores.open("leaf")).match(`${CONFIG.page}kept/${name}`))?.text() ?? "";

test("what lies on the phone says nothing without the code", async (context) => {
  const { desk, stores, workers } = await switchedOn(context);
  await desk.press({ kind: "confirm", listing: ROW.id, seen: ROW.seen, title: ROW.title, words: "Так и есть" });
  const everything = (await Promise.all(["box", "meta"].map((name) => kept(stores, name)))).join();
  for (const word of ["Тест", "own1", "confirm", CODE, "Так и есть"]) assert.ok(!everything.includes(word), word);
  assert.deepEqual(await stores.keys(), ["leaf"]);
  const names = (await (await stores.open("leaf")).keys()).map(({ url }) => url.replace("https://map.test", ""));
  const own = ["", "kept/box", "kept/meta"].map((name) => CONFIG.page + name);
  assert.deepEqual(names.sort(), [...own, "/static/a.css", "/static/a.js"]);
  assert.equal(await leafPage(), `https://map.test${CONFIG.page}`, "whatever file lies first");
  assert.deepEqual(workers.log[0], ["register", CONFIG.worker, { scope: CONFIG.page, updateViaCache: "none" }]);
});

test("presses stay through a closed tab and go once there is a connection", async (context) => {
  const lines = { down: false };
  const { desk, home, clock } = await switchedOn(context, { cut: () => (lines.down ? "before" : "") });
  lines.down = true;
  await desk.press({ kind: "confirm", listing: ROW.id, seen: "v1", title: "Тест", words: "Так и есть" });
  await assert.rejects(desk.sync(), Away);
  clock.at = NOW + 40 * HOUR;
  const later = anew(clock);
  assert.equal(await later.unlock(CODE), true);
  assert.equal(later.box.presses.length, 1);
  lines.down = false;
  await later.sync();
  assert.deepEqual([later.box.presses, [...home.written.values()].map(({ age }) => age)], [[], [40 * 3600]]);
});

test("200 presses over a line that breaks before home, after it and in the middle are written 200 times", async (context) => {
  const ways = ["before", "after", "half", "", 503, "after", 429];
  const lines = { cut: false, dice: 7 };
  const thrown = () => {
    lines.dice = (lines.dice * 16807) % 2147483647; // the same every time
    return ways[lines.dice % ways.length];
  };
  const options = { cut: (name) => (lines.cut && name !== "file" ? thrown() : "") };
  const { desk, home } = await switchedOn(context, options);
  for (let number = 0; number < 200; number += 1) await desk.press(visit(number));
  lines.cut = true;
  let tries = 0;
  for (; desk.box.presses.length && tries < 500; tries += 1) await desk.sync().catch(() => {});
  assert.equal(desk.box.presses.length, 0);
  assert.deepEqual([home.written.size, new Set(home.written.keys()).size], [200, 200]);
  assert.ok(home.sent > 200, "some were sent more than once");
});

test("what home does not take is told until it is read; the others are taken", async (context) => {
  const { desk, home } = await switchedOn(context, { told: ({ kind }) => (kind === "confirm" ? "changed" : "done") });
  await desk.press({ kind: "confirm", listing: ROW.id, seen: "v1", title: "Тест", words: "Так и есть" });
  await desk.press(visit());
  await desk.sync();
  assert.deepEqual([desk.box.presses, home.written.size], [[], 1]);
  const [{ key, title, pressed, words }] = desk.box.told;
  assert.deepEqual([title, pressed, words], ["Тест", "Так и есть", "Другая версия"]);
  await desk.read(key);
  assert.deepEqual(desk.box.told, []);
});

test("one that home cannot read does not hold the others back", async (context) => {
  const options = { cut: () => "" };
  const { desk, home } = await switchedOn(context, options);
  for (let number = 0; number < 3; number += 1) await desk.press(visit(number));
  const bad = desk.box.presses[1].key;
  home.cut = (name) => (name === "send" && home.asked.at(-1).body.includes(bad) ? 400 : "");
  await desk.sync();
  assert.deepEqual([home.written.size, desk.box.told.map(({ key }) => key)], [2, [bad]]);
});

test("a second press of the same kind takes the place of the one that waits; an undone one is not sent", async (context) => {
  const { desk, home } = await switchedOn(context);
  for (const value of ["free", "full"])
    await desk.press({ kind: "places", listing: ROW.id, value, title: "", words: "" });
  await desk.press(visit(1));
  await desk.press(visit(2));
  assert.deepEqual(
    desk.box.presses.map(({ value }) => value),
    ["full", "served", "served"],
  );
  await desk.undo(desk.box.presses[1].key);
  await desk.sync();
  assert.deepEqual(
    [...home.written.values()].map(({ kind, value }) => [kind, value]),
    [
      ["places", "full"],
      ["visit", "served"],
    ],
  );
});

test("two tabs press without losing one another's", async (context) => {
  const { desk, clock } = await switchedOn(context);
  const other = anew(clock);
  await other.unlock(CODE);
  await desk.press(visit(1));
  await other.press(visit(2));
  await desk.press(visit(3));
  assert.equal(desk.box.presses.length, 3);
});

test("five wrong codes wipe, a right one forgives the earlier ones", async (context) => {
  const { stores, clock } = await switchedOn(context);
  const desk = anew(clock);
  for (const left of [4, 3, 2, 1]) assert.equal(await desk.unlock("000001"), left);
  assert.equal(await desk.unlock(CODE), true);
  for (const left of [4, 3, 2, 1, 0]) assert.equal(await desk.unlock("000001"), left);
  assert.deepEqual(await stores.keys(), []);
});

test("home takes it back: 410 wipes, also where nobody is signed in", async (context) => {
  for (const gone of ["take", "send", "standing"]) {
    const { desk, home, stores, workers } = await switchedOn(context);
    await desk.press(visit());
    home.cut = (name) => (name === gone ? 410 : name === "take" && gone === "standing" ? 403 : "");
    await assert.rejects(desk.sync(), Withdrawn);
    assert.deepEqual([await stores.keys(), workers.registered, desk.isOpen], [[], [], false], gone);
  }
});

test("signed out, or somebody else signed in: nothing is sent and nothing is lost", async (context) => {
  for (const [status, kind] of [
    [403, SignedOut],
    [409, Another],
  ]) {
    const { desk, home } = await switchedOn(context);
    await desk.press(visit());
    home.cut = (name) => (name === "take" ? status : "");
    await assert.rejects(desk.sync(), kind);
    assert.deepEqual([desk.box.presses.length, home.sent], [1, 0]);
  }
});

test("half of it is nothing", async (context) => {
  const { stores, workers } = begun();
  new Home(context, { cut: (name) => (name === "file" ? 503 : "") });
  await assert.rejects(anew({ at: NOW }).begin(CODE));
  assert.deepEqual([await stores.keys(), workers.registered], [[], []]);
});

test("72 hours after the last contact it is over, and when the clock goes back; a contact gives it its time anew", async (context) => {
  const { desk, clock, stores } = await switchedOn(context);
  assert.equal(isLeafOver({ contact: NOW, clock: NOW }, NOW + LEAF_LIFE), false);
  clock.at = NOW + 71 * HOUR;
  assert.equal(await desk.isOver(), false);
  await desk.sync();
  clock.at = NOW + 100 * HOUR;
  assert.equal(await desk.isOver(), false);
  clock.at = NOW + 69 * HOUR;
  assert.equal(await desk.isOver(), true, "two hours back");
  await wipeWhatIsOver(NOW + 71 * HOUR);
  assert.deepEqual(await stores.keys(), ["leaf"]);
  await wipeWhatIsOver(NOW + 144 * HOUR);
  assert.deepEqual(await stores.keys(), []);
});

test("its end takes no copy for the road along, a quick exit takes all", async (context) => {
  const { desk, stores } = await switchedOn(context);
  await stores.open("page");
  await desk.wipe();
  assert.deepEqual(await stores.keys(), ["page"]);
  await wipe();
  assert.deepEqual(await stores.keys(), []);
});

test("what is on its way when somebody wipes is written nowhere", async (context) => {
  const { desk, stores } = await switchedOn(context);
  const pressing = desk.press(visit());
  await wipe();
  await pressing.catch(() => {});
  assert.deepEqual(await stores.keys(), []);
});

test("signing out wipes it before the form goes, whatever the browser understands of headers", async (context) => {
  const { stores } = await switchedOn(context);
  document.body.innerHTML = '<form action="/ru/accounts/logout/"><button></button></form><form action="/x/"></form>';
  const [out, other] = document.querySelectorAll("form");
  const went = new Promise((done) => {
    out.submit = () => stores.keys().then(done);
  });
  wipeAtSignOut(document);
  other.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  assert.deepEqual(await stores.keys(), ["leaf"]);
  out.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  assert.deepEqual(await went, []);
});
