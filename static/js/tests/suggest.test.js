import assert from "node:assert/strict";
import test from "node:test";

import { asker } from "#forms/post.js";
import { suggest } from "#forms/suggest.js";
import { network, ok, promised, refused } from "./support/net.js";
import { fire, key, none, page, settle, texts, type } from "./support/page.js";
import { HOSTILE } from "./support/samples.js";

function make(context, find = async () => ["Тбилиси", HOSTILE]) {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const document = page('<input id="city"><ul id="cities" hidden></ul><button></button>');
  const [input, list] = [document.getElementById("city"), document.getElementById("cities")];
  const [asked, chosen] = [[], []];
  const ask = (text) => {
    asked.push(text);
    return find(text);
  };
  suggest(input, list, { find: ask, line: (item) => [item], choose: (item) => chosen.push(item) });
  const write = async (text) => {
    input.focus();
    type(input, text);
    context.mock.timers.tick(180);
    await settle();
  };
  const marked = () => [...list.children].findIndex((row) => row.getAttribute("aria-selected") === "true");
  return { document, input, list, asked, chosen, write, marked };
}

test("the field says what it is, and the browser's own suggestions stay away", (context) => {
  const { input } = make(context);
  assert.equal(input.getAttribute("role"), "combobox");
  assert.equal(input.getAttribute("aria-controls"), "cities");
  assert.equal(input.getAttribute("aria-expanded"), "false");
  assert.equal(input.getAttribute("autocomplete"), "off");
});

test("one question when the typing rests, none for a single letter", async (context) => {
  const { input, asked, list, write } = make(context);
  await write("Т");
  type(input, "Тб");
  await write(" Тби ");
  assert.deepEqual(asked, ["Тби"]);
  assert.deepEqual(texts(list.children), ["Тбилиси", HOSTILE]);
  none(list.querySelector("img"));
  assert.deepEqual([list.hidden, input.getAttribute("aria-expanded")], [false, "true"]);
  await write("Т");
  assert.deepEqual([list.hidden, input.getAttribute("aria-expanded")], [true, "false"]);
});

test("an overtaken answer changes nothing; one that found nothing closes", async (context) => {
  const answers = [["Тбилиси"], null, []];
  const { list, write } = make(context, async () => answers.shift());
  await write("Тби");
  await write("Тбил");
  assert.deepEqual([list.hidden, texts(list.children)], [false, ["Тбилиси"]]);
  await write("Тбилх");
  assert.equal(list.hidden, true);
});

test("an answer for a field that was left does not open over what is done now", async (context) => {
  const hand = promised();
  const { document, list, write } = make(context, () => hand.promise);
  await write("Тби");
  document.querySelector("button").focus();
  hand.resolve(["Тбилиси"]);
  await settle();
  assert.equal(list.hidden, true);
});

test("arrows go round and Enter takes; without a mark Enter sends the form as ever", async (context) => {
  const { input, list, chosen, write, marked } = make(context);
  await write("Тби");
  assert.equal(key(input, "Enter").defaultPrevented, false);
  const rows = ["ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp"].map((name) => {
    key(input, name);
    return marked();
  });
  assert.deepEqual(rows, [0, 1, 0, 1]);
  assert.equal(input.getAttribute("aria-activedescendant"), list.children[1].id);
  assert.equal(key(input, "Enter").defaultPrevented, true);
  assert.deepEqual([chosen, list.hidden], [[HOSTILE], true]);
  assert.equal(input.hasAttribute("aria-activedescendant"), false);
  assert.equal(key(input, "ArrowDown").defaultPrevented, false);
});

test("Escape and leaving close, a press takes before the field loses the focus", async (context) => {
  const { input, list, chosen, write } = make(context);
  await write("Тби");
  key(input, "Escape");
  assert.equal(list.hidden, true);
  await write("Тбил");
  fire(input, "blur");
  assert.equal(list.hidden, true);
  await write("Тбили");
  assert.equal(fire(list.children[0], "mousedown").defaultPrevented, true);
  assert.deepEqual(chosen, ["Тбилиси"]);
});

function askerOf() {
  const form = page('<form><input name="csrfmiddlewaretoken" value="secret"></form>').querySelector("form");
  return asker(form);
}

test("questions of a form carry its token and stand in no address", async () => {
  const ask = askerOf();
  const calls = network(() => ok({ results: [1] }));
  assert.deepEqual(await ask("/cities/", { q: "Тби", country: "GE" }), { results: [1] });
  assert.equal(calls[0].address, "/cities/");
  assert.equal(calls[0].options.method, "POST");
  assert.equal(calls[0].options.headers["X-CSRFToken"], "secret");
  assert.deepEqual(Object.fromEntries(calls[0].options.body), { q: "Тби", country: "GE" });
});

test("a newer question aborts the older one, whose answer is none", async () => {
  const ask = askerOf();
  network((_address, { signal, body }) => {
    if (body.get("q") === "newer") return ok({ results: ["newer"] });
    const hand = promised();
    signal.addEventListener("abort", () => hand.reject(new DOMException("", "AbortError")));
    return hand.promise;
  });
  const older = ask("/cities/", { q: "older" });
  const newer = ask("/cities/", { q: "newer" });
  assert.equal(await older, null);
  assert.deepEqual(await newer, { results: ["newer"] });
});

test("a server in trouble, or no connection, finds nothing and breaks nothing", async () => {
  const ask = askerOf();
  network(() => refused(500));
  assert.deepEqual(await ask("/cities/", {}), { results: [] });
  network(() => Promise.reject(new TypeError("Failed to fetch")));
  assert.deepEqual(await ask("/cities/", {}), { results: [] });
});
