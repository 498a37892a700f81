import assert from "node:assert/strict";
import test from "node:test";

import { Layers } from "#lib/history.js";

// A window with a history of its own; back() answers later, as in a browser.
function fakeWindow() {
  const listeners = [];
  const entries = [{}];
  const pending = [];
  const history = {
    pushState: (state) => entries.push(state),
    back: () =>
      pending.push(() => {
        entries.pop();
        for (const listener of listeners) listener();
      }),
  };
  const settle = () => {
    while (pending.length) pending.shift()();
  };
  return { history, entries, settle, addEventListener: (_name, listener) => listeners.push(listener) };
}

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
