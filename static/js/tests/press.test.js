import assert from "node:assert/strict";
import test from "node:test";

import { Press } from "#lib/press.js";
import { page } from "./support/page.js";

function make(context) {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  page('<ul id="list"><li><a href="#one">one</a></li></ul>');
  const list = document.querySelector("#list");
  const press = new Press(list);
  const said = [];
  const send = (target, type) => target.dispatchEvent(new window.Event(type, { bubbles: true }));
  return {
    press,
    said,
    down: () => send(list.firstElementChild, "pointerdown"),
    up: () => send(window, "pointerup"),
    click: () => send(list.firstElementChild, "click"),
    cancel: () => send(window, "pointercancel"),
    wait: () => press.released().then(() => said.push("released")),
    pass: async (ms) => {
      context.mock.timers.tick(ms);
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

test("nothing is down: nobody waits", async (context) => {
  const { press, said, wait, up, pass } = make(context);
  up();
  assert.equal(press.isDown, false);
  wait();
  await pass(0);
  assert.deepEqual(said, ["released"]);
});

test("what waits goes on after the click, and not between the two halves of it", async (context) => {
  const { press, said, down, up, click, wait, pass } = make(context);
  down();
  wait();
  await pass(100);
  up();
  await pass(399);
  assert.deepEqual([press.isDown, said], [true, []]);
  click();
  await pass(0);
  assert.deepEqual([press.isDown, said], [false, ["released"]]);
});

test("a press that becomes no click ends by itself", async (context) => {
  const { press, said, down, up, cancel, wait, pass } = make(context);
  down();
  wait();
  up();
  await pass(400);
  assert.deepEqual(said, ["released"]);
  down();
  cancel();
  await pass(0);
  assert.equal(press.isDown, false);
  down();
  await pass(1999);
  assert.equal(press.isDown, true);
  await pass(1);
  assert.equal(press.isDown, false);
});
