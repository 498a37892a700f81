import assert from "node:assert/strict";
import test from "node:test";

import { matches, Panels } from "#map/panels.js";
import { APP } from "./support/app.js";
import { layersOf } from "./support/map.js";
import { fire, key, page, same, type } from "./support/page.js";

test("every typed word begins a word of the text", () => {
  assert.equal(matches("Экспресс-тест на ВИЧ", "вич тест"), true);
  assert.equal(matches("Экспресс-тест на ВИЧ", "вич гепатит"), false);
  assert.equal(matches("Экспресс-тест на ВИЧ", "кспресс"), false);
});

test("ё and е are one letter, nothing typed fits all", () => {
  assert.equal(matches("Приём врача", "прием"), true);
  assert.equal(matches("Прием врача", "приём"), true);
  assert.equal(matches("Шелтер", "  "), true);
});

function make() {
  const root = page(APP).querySelector("service-map");
  const cleared = [];
  const { layers, settle, back } = layersOf();
  const panels = new Panels(root, { layers, onClear: (params) => cleared.push(params) });
  const panel = (name) => root.querySelector(`[data-panel=${name}]`);
  const press = (name) => {
    panel(name).querySelector("summary").click();
    settle();
  };
  return { root, panels, panel, press, settle, back, cleared, layers };
}

const focused = () => document.activeElement;

test("a press opens a panel and takes the focus to its title; a second press closes it", () => {
  const { panel, press } = make();
  press("service");
  assert.equal(panel("service").open, true);
  same(focused(), panel("service").querySelector("[data-panel-title]"));
  press("service");
  assert.equal(panel("service").open, false);
  same(focused(), panel("service").querySelector("summary"));
});

test("one panel at a time, and one step back for all of them", () => {
  const { panel, press, back, layers } = make();
  press("service");
  press("where");
  assert.deepEqual([panel("service").open, panel("where").open], [false, true]);
  assert.equal(layers.size, 1);
  back();
  assert.equal(panel("where").open, false);
  assert.equal(layers.size, 0);
});

test("Escape, the cross and the button that applies all close it", () => {
  const { panel, press, settle } = make();
  const ways = [
    () => key(panel("where").querySelector("[data-near-input]"), "Escape"),
    () => panel("where").querySelector("[data-close-panel]").click(),
    () => assert.equal(fire(panel("where").querySelector("[data-apply]"), "click").defaultPrevented, true),
  ];
  for (const close of ways) {
    press("where");
    assert.equal(panel("where").open, true);
    close();
    settle();
    assert.equal(panel("where").open, false);
  }
});

test("Escape closes the panel alone; with none open it is left to others", () => {
  const { root, press, settle } = make();
  let heard = 0;
  document.body.addEventListener("keydown", () => (heard += 1));
  press("where");
  key(root.querySelector("[data-near-input]"), "Escape");
  settle();
  assert.equal(heard, 0);
  key(root.querySelector("[data-near-input]"), "Escape");
  assert.equal(heard, 1);
  key(root.querySelector("[data-near-input]"), "Enter");
  assert.equal(heard, 2);
});

test("other keys leave a panel open", () => {
  const { root, panel, press, settle } = make();
  press("where");
  key(root.querySelector("[data-near-input]"), "a");
  settle();
  assert.equal(panel("where").open, true);
});

test("clearing a panel names its own parameters", () => {
  const { panel, cleared } = make();
  panel("where").querySelector("[data-clear-panel]").click();
  assert.deepEqual(cleared, [["country", "city", "near"]]);
});

function shownBy(typed) {
  const { panel } = make();
  const service = panel("service");
  type(service.querySelector("[data-find]"), typed);
  const isShown = (option) => !option.hidden && !option.closest("[data-branch]").hidden;
  const options = [...service.querySelectorAll("[data-option]")].filter(isShown);
  return [
    options.map((option) => option.querySelector("input").value),
    !service.querySelector("[data-nothing]").hidden,
  ];
}

test("finding in a panel keeps a leaf with its group", () => {
  assert.deepEqual(shownBy("экспресс"), [["hiv", "hiv_test"], false]);
  assert.deepEqual(shownBy("юрист"), [["law", "lawyer"], false]);
});

test("a group that fits by its own name keeps all its leaves", () => {
  assert.deepEqual(shownBy("вич"), [["hiv", "hiv_test", "prep"], false]);
});

test("what fits nothing says so, and an empty field shows all again", () => {
  assert.deepEqual(shownBy("космос"), [[], true]);
  assert.deepEqual(shownBy(""), [["hiv", "hiv_test", "prep", "law", "lawyer"], false]);
});
