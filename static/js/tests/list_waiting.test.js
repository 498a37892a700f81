import assert from "node:assert/strict";
import test from "node:test";

import { Cards } from "#map/card.js";
import { List } from "#map/list.js";
import { APP } from "./support/app.js";
import { none, page } from "./support/page.js";
import { answer, HOSTILE, t } from "./support/samples.js";

function make(context) {
  context.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const root = page(APP).querySelector("service-map");
  let [retried, reset] = [0, 0];
  const on = { retry: () => (retried += 1), reset: () => (reset += 1), showAll: () => {} };
  const list = new List(root, { cards: new Cards({ t, language: "ru" }), t, on, names: () => "" });
  const find = (selector) => root.querySelector(selector);
  const state = () => (find("[data-state]").hidden ? null : find("[data-state]"));
  return { list, find, state, retried: () => retried, reset: () => reset, pass: (ms) => context.mock.timers.tick(ms) };
}

test("a quick answer shows no waiting rows at all", (context) => {
  const { list, find, pass } = make(context);
  list.wait();
  pass(149);
  none(find(".skeleton"));
  list.render(answer());
  pass(1000);
  none(find(".skeleton"));
  assert.equal(find(".card").dataset.listing, "l1");
});

test("a slow answer shows waiting rows, and the list says that it is busy until it is there", (context) => {
  const { list, find, pass } = make(context);
  list.render(answer([]), { total: 0 });
  list.wait();
  list.wait();
  pass(150);
  assert.equal(find("[data-cards]").querySelectorAll('.skeleton[aria-hidden="true"]').length, 5);
  none(find(".alternatives"));
  assert.equal(find("[data-results]").getAttribute("aria-busy"), "true");
  list.render(answer());
  none(find(".skeleton"));
  assert.equal(find("[data-results]").hasAttribute("aria-busy"), false);
});

test("without a connection the last answer stays and says how old it is", (context) => {
  const { list, find, state, pass } = make(context);
  list.render(answer());
  pass(5 * 60_000);
  list.fail({ kind: "network", message: "Failed to fetch" });
  assert.ok(find(".card"));
  assert.equal(state().textContent, "offline minutes_ago 5 retry");
  list.fail({ kind: "server", message: "Bad gateway" });
  assert.equal(state().textContent, "server_trouble minutes_ago 5 retry");
  assert.equal(state().querySelectorAll("[role=alert]").length, 1);
});

test("where nothing was there before, that is said, without rows that wait for ever", (context) => {
  const { list, find, state, pass } = make(context);
  list.wait();
  pass(200);
  list.fail({ kind: "network" });
  none(find(".skeleton"));
  assert.equal(find("[data-results]").hasAttribute("aria-busy"), false);
  assert.equal(state().textContent, "nothing_loaded retry");
});

test("a failure before the waiting rows came keeps them away", (context) => {
  const { list, find, pass } = make(context);
  list.wait();
  list.fail({ kind: "server" });
  pass(1000);
  none(find(".skeleton"));
});

test("a refusal is told in the server's own words, as text", (context) => {
  const { list, state } = make(context);
  list.fail({ kind: "input", message: HOSTILE });
  assert.equal(state().textContent, `${HOSTILE} retry`);
  none(state().querySelector("img"));
  list.fail({ kind: "input", message: "" });
  assert.equal(state().textContent, "nothing_loaded retry");
});

test("trying again is one press away, and success takes the trouble off the page", (context) => {
  const { list, state, retried } = make(context);
  list.fail({ kind: "network" });
  state().querySelector("button").click();
  assert.equal(retried(), 1);
  list.render(answer());
  none(state());
});

test("an answer to another question goes when the new one fails, however fast", (context) => {
  const { list, find, state } = make(context);
  list.render(answer());
  list.wait();
  list.fail({ kind: "network", message: "Failed to fetch" });
  none(find(".card"));
  assert.match(state().textContent, /^nothing_loaded/);
});

test("a link of which nothing is left shows no service, names what was left out, and offers everything", (context) => {
  const { list, find, state, reset } = make(context);
  list.render(answer());
  list.lose([
    ["service", "nonsense"],
    ["sevice", "prep"],
  ]);
  none(find(".card"));
  assert.match(find("[data-summary]").textContent, /^services 0/);
  assert.equal(state().textContent, "left_out quoted nonsense, quoted sevice=prep nothing_left show_everything");
  state().querySelector("button").click();
  assert.equal(reset(), 1);
});

test("what was left out of a link is told above what is left", (context) => {
  const { list, find, state } = make(context);
  list.render(answer());
  list.tellUnread([["service", "x".repeat(99)]]);
  assert.ok(find(".card"));
  assert.equal(state().textContent.trim(), `left_out quoted ${"x".repeat(40)}`);
});
