import assert from "node:assert/strict";
import test from "node:test";

import { restingStop, Sheet } from "#map/sheet.js";
import { APP } from "./support/app.js";
import { sized } from "./support/map.js";
import { fire, page } from "./support/page.js";

const heights = { peek: 84, half: 300, full: 600 };

test("a slow drag rests at the nearest stop", () => {
  assert.equal(restingStop(120, 0.1, heights, "half"), "peek");
  assert.equal(restingStop(400, -0.1, heights, "full"), "half");
  assert.equal(restingStop(520, 0, heights, "half"), "full");
});

test("a flick goes one stop on, and no further than the last", () => {
  assert.equal(restingStop(310, 0.9, heights, "half"), "full");
  assert.equal(restingStop(590, 0.9, heights, "full"), "full");
  assert.equal(restingStop(290, -0.9, heights, "half"), "peek");
  assert.equal(restingStop(80, -0.9, heights, "peek"), "peek");
});

// A phone of 1000 pixels: the stops are at 132, 460 and 932.
function make(context, { isPhone = true, view = "split", isEmbed = false } = {}) {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const document = page(APP.replace('data-view="split"', `data-view="${view}"`));
  window.matchMedia = () => ({ matches: isPhone });
  const root = sized(document.querySelector("service-map"), 400, 1000);
  if (isEmbed) root.dataset.embed = "";
  const sheet = new Sheet(root);
  const find = (name) => root.querySelector(`[data-${name}]`);
  const drag = (from, ...points) => {
    let time = 0;
    fire(find("sheet-handle"), "pointerdown", { clientY: from, button: 0, timeStamp: time });
    for (const [clientY, ms] of points) {
      time += ms;
      fire(window, "pointermove", { clientY, timeStamp: time });
    }
  };
  const release = () => fire(window, "pointerup");
  const height = () => find("sheet").style.getPropertyValue("--drag");
  return { root, sheet, find, drag, release, height, pass: () => context.mock.timers.tick(1) };
}

test("the handle goes round its three stops, and says whether the list is open", (context) => {
  const { root, find } = make(context);
  const handle = find("sheet-handle");
  const seen = [];
  for (let press = 0; press < 3; press += 1) {
    handle.click();
    seen.push([root.dataset.sheet, handle.getAttribute("aria-expanded")]);
  }
  assert.deepEqual(seen, [
    ["full", "true"],
    ["peek", "false"],
    ["half", "true"],
  ]);
});

test("one button at a time: the list over the map, the map over the list", (context) => {
  const { root, find } = make(context);
  const [list, map] = [find("show=list"), find("show=map")];
  assert.deepEqual([find("view-switch").hidden, list.hidden, map.hidden], [false, false, true]);
  list.click();
  assert.deepEqual([root.dataset.sheet, list.hidden, map.hidden], ["full", true, false]);
  map.click();
  assert.deepEqual([root.dataset.sheet, list.hidden, map.hidden], ["peek", false, true]);
});

test("a drag follows the finger and rests at the nearest stop", (context) => {
  const { root, drag, release, height } = make(context);
  drag(500, [400, 1000], [250, 1000]);
  assert.equal(height(), "710px");
  release();
  assert.equal(root.dataset.sheet, "full");
  assert.equal(height(), "");
});

test("no finger drags the sheet off the screen", (context) => {
  const { drag, height } = make(context);
  drag(500, [-900, 1000]);
  assert.equal(height(), "932px");
  drag(500, [1900, 1000]);
  assert.equal(height(), "132px");
});

test("a flick moves it one stop, up and down", (context) => {
  const { root, drag, release, pass } = make(context);
  drag(500, [480, 100], [450, 20]);
  release();
  assert.equal(root.dataset.sheet, "full");
  pass();
  drag(100, [110, 100], [140, 20]);
  release();
  assert.equal(root.dataset.sheet, "half");
});

test("a trembling finger is a press, and the press that ends a drag is none", (context) => {
  const { root, find, drag, release, height, pass } = make(context);
  drag(500, [495, 50]);
  assert.equal(height(), "");
  release();
  find("sheet-handle").click();
  assert.equal(root.dataset.sheet, "full");
  drag(100, [300, 1000]);
  release();
  const rests = root.dataset.sheet;
  find("sheet-handle").click();
  assert.equal(root.dataset.sheet, rests);
  pass();
  find("sheet-handle").click();
  assert.notEqual(root.dataset.sheet, rests);
});

test("after the release the finger moves nothing", (context) => {
  const { drag, release, height } = make(context);
  drag(500, [400, 1000]);
  release();
  fire(window, "pointermove", { clientY: 100, timeStamp: 5000 });
  assert.equal(height(), "");
});

test("links in the head are pressed, not dragged; neither does another mouse button drag", (context) => {
  const { root, height } = make(context);
  const start = (selector, button) => {
    fire(root.querySelector(selector), "pointerdown", { clientY: 500, button, timeStamp: 0 });
    fire(window, "pointermove", { clientY: 300, timeStamp: 100 });
    return height();
  };
  assert.equal(start(".results-head summary", 0), "");
  assert.equal(start(".results-head h2", 2), "");
  assert.equal(start(".results-head h2", 0), "660px");
});

test("a wide screen, and an embed of a list alone, have no sheet", (context) => {
  for (const how of [{ isPhone: false }, { view: "list" }]) {
    const { sheet, drag, height } = make(context, how);
    assert.deepEqual(sheet.covered, [0, 0, 0, 0]);
    drag(500, [300, 100]);
    assert.equal(height(), "");
    context.mock.timers.reset();
  }
});

test("the map knows what lies over it; a full list counts as half, for when it goes", (context) => {
  const { sheet } = make(context);
  const covered = ["peek", "half", "full"].map((stop) => {
    sheet.moveTo(stop);
    return sheet.covered;
  });
  assert.deepEqual(covered, [
    [68, 0, 132, 0],
    [68, 0, 460, 0],
    [68, 0, 460, 0],
  ]);
});

test("whoever reads on in the whole list has it alone, until its top comes back", (context) => {
  const { sheet, find } = make(context);
  const { classList } = document.documentElement;
  const scroller = find("sheet-scroll");
  Object.defineProperty(scroller, "scrollHeight", { value: 3000, configurable: true });
  Object.defineProperty(scroller, "clientHeight", { value: 600, configurable: true });
  const scrolled = (top) => {
    scroller.scrollTop = top;
    fire(scroller, "scroll");
    return classList.contains("is-reading");
  };
  assert.equal(scrolled(500), false, "half of the list leaves the search where it is");
  scrolled(0);
  sheet.moveTo("full");
  assert.deepEqual([scrolled(60), scrolled(100), scrolled(40), scrolled(0)], [false, true, true, false]);
  scrolled(500);
  sheet.moveTo("peek");
  assert.equal(classList.contains("is-reading"), false);
});

test("the two questions have more of the screen than a list", (context) => {
  const { root, drag, height } = make(context);
  root.toggleAttribute("data-start", true);
  drag(500, [490, 1000]);
  assert.equal(height(), "876px");
});

test("a narrow embed has two tabs: the map first, or the list, and says which one is shown", (context) => {
  const { root, sheet, find } = make(context, { isEmbed: true });
  const pressed = () => [...root.querySelectorAll("[data-show]")].map((one) => one.getAttribute("aria-pressed"));
  assert.deepEqual([sheet.isTabbed, sheet.stop, sheet.covered], [true, "peek", [68, 0, 104, 0]]);
  const [list, map] = root.querySelectorAll("[data-show]");
  assert.deepEqual([list.hidden, map.hidden, pressed()], [false, false, ["false", "true"]]);
  list.click();
  assert.deepEqual([sheet.stop, map.hidden, pressed()], ["full", false, ["true", "false"]]);
  assert.ok(find("sheet-handle"));
});
