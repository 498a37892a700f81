import assert from "node:assert/strict";
import test from "node:test";

import { installTools } from "#map/tools.js";
import { APP } from "./support/app.js";
import { page } from "./support/page.js";

const WIDE = "(min-width: 85rem) and (min-height: 52rem)";

function make(options) {
  const root = page(APP, options).querySelector("service-map");
  const done = [];
  installTools(root, { zoomBy: (step) => done.push(["zoom", step]), pan: (x, y) => done.push(["pan", x, y]) });
  return { root, done, find: (selector) => root.querySelector(selector) };
}

test("one press does what a wheel or a drag does", () => {
  const { root, done } = make();
  for (const button of root.querySelectorAll("[data-zoom], [data-pan]")) button.click();
  assert.deepEqual(done, [
    ["zoom", 1],
    ["zoom", -1],
    ["pan", 0, -1],
    ["pan", 1, 0],
  ]);
});

test("the pad of arrows opens and closes, and its button says which", () => {
  const { find } = make();
  const toggle = find("[data-pan-toggle]");
  const look = () => [find("#pan-pad").hidden, toggle.getAttribute("aria-expanded")];
  toggle.click();
  assert.deepEqual(look(), [false, "true"]);
  toggle.click();
  assert.deepEqual(look(), [true, "false"]);
});

test("the signs are explained at once where there is room", () => {
  assert.equal(make({ answers: { [WIDE]: true } }).find("[data-legend]").open, true);
  assert.equal(make().find("[data-legend]").open, false);
});
