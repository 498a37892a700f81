import assert from "node:assert/strict";
import test from "node:test";

import { Layers } from "#lib/history.js";
import { fakeWindow } from "./support/map.js";

test("back closes what was opened last", () => {
  const win = fakeWindow();
  const layers = new Layers(win);
  const closed = [];
  layers.open("panel", () => closed.push("panel"));
  layers.open("place", () => closed.push("place"));
  win.history.back();
  win.settle();
  assert.deepEqual(closed, ["place"]);
  assert.equal(layers.has("panel"), true);
});

test("closing from the page goes back once, even when asked twice", () => {
  const win = fakeWindow();
  const layers = new Layers(win);
  let closed = 0;
  layers.open("place", () => {
    closed += 1;
  });
  layers.close("place");
  layers.close("place");
  win.settle();
  assert.equal(closed, 1);
  assert.equal(win.entries.length, 1);
});

test("what lies below closes at once and leaves the upper one open", () => {
  const win = fakeWindow();
  const layers = new Layers(win);
  const closed = [];
  layers.open("panel", () => closed.push("panel"));
  layers.open("place", () => closed.push("place"));
  layers.close("panel");
  assert.deepEqual(closed, ["panel"]);
  assert.equal(layers.has("place"), true);
});

test("opening twice adds one entry", () => {
  const win = fakeWindow();
  const layers = new Layers(win);
  layers.open("panel", () => {});
  layers.open("panel", () => {});
  assert.equal(win.entries.length, 2);
});

test("an address that somebody gives is no step back: what lay over the page closes, and nobody writes over it", () => {
  const win = fakeWindow();
  const layers = new Layers(win);
  const said = [];
  layers.onBack = () => said.push("back");
  layers.open("panel", () => said.push("panel"));
  layers.open("place", () => said.push("place"));
  win.goTo();
  assert.deepEqual([said, layers.size], [["place", "panel"], 0]);
});

test("a step back is told to the page, also when nothing lay over it", () => {
  const win = fakeWindow();
  const layers = new Layers(win);
  let told = 0;
  layers.onBack = () => (told += 1);
  win.history.back();
  win.settle();
  assert.deepEqual([told, layers.size], [1, 0]);
});

test("what is not open cannot be closed", () => {
  const win = fakeWindow();
  const layers = new Layers(win);
  layers.close("place");
  win.settle();
  assert.equal(win.entries.length, 1);
});
