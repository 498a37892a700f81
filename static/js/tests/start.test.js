import assert from "node:assert/strict";
import test from "node:test";

import { emptyState, isAsking, isEmpty, parseFragment } from "#map/state.js";
import { APP } from "./support/app.js";
import { fire, hands, page, tick } from "./support/page.js";

async function make({ url, html = APP } = {}) {
  const root = page(html, { url }).querySelector("service-map");
  const { Start } = await import("#map/start.js");
  const { said, note } = hands();
  const on = Object.fromEntries(["need", "remote", "all", "pressed", "skip"].map((name) => [name, note(name)]));
  const chips = ({ near }) => (near ? [Object.assign(document.createElement("b"), { textContent: near.name })] : []);
  const start = new Start(root, { on, chips });
  const find = (name) => root.querySelector(`[data-${name}]`);
  return { root, start, said, find, show: (hash, more = {}) => start.show({ ...parseFragment(hash), ...more }) };
}

test("the questions stay while nothing but the place was said", async () => {
  const { start, show, find } = await make();
  show("#country=GE&near=44.8,41.7,x&delivery=online");
  assert.equal(start.isOpen, true);
  assert.equal(find("start-chosen").textContent, "x");
  show("#country=GE&cost=free");
  assert.equal(start.isOpen, false);
  show("#country=GE");
  assert.equal(start.isOpen, false, "they do not come back before all is cleared");
  show("");
  assert.equal(start.isOpen, true);
  show("", { q: "тест" });
  assert.equal(start.isOpen, false);
  assert.equal(isAsking({ ...emptyState(), unread: [["x", "y"]] }), false);
  assert.equal(isEmpty({ ...emptyState(), place: "p1" }), false);
});

test("who comes by a link, or goes straight to the list, is asked nothing", async () => {
  const { start, show, root } = await make({ url: "https://map.test/ru/#country=GE" });
  show("#country=GE");
  assert.deepEqual([start.isOpen, root.hasAttribute("data-start")], [false, false]);
  const other = await make();
  fire(other.find("skip-start"), "click");
  assert.deepEqual(other.said, [["skip"]]);
  other.start.skip();
  other.show("");
  assert.equal(other.start.isOpen, false);
});

test("tiles, all services and help without a way say what was pressed; a tile opens elsewhere as any link", async () => {
  const { said, find } = await make();
  const press = fire(find("need"), "click");
  assert.equal(press.defaultPrevented, true);
  const elsewhere = new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey: true });
  find("need").dispatchEvent(elsewhere);
  assert.equal(elsewhere.defaultPrevented, false);
  fire(find("all-services"), "click");
  tick(find("start-remote"));
  assert.deepEqual(
    said.map(([name, value]) => [name, Array.isArray(value) ? value : null]),
    [
      ["need", ["hiv_test", "prep"]],
      ["all", null],
      ["remote", ["online", "phone"]],
    ],
  );
});

test("an embed has no first screen and works without it", async () => {
  const { start, show } = await make({ html: APP.replace("data-start-panel", "data-none") });
  show("");
  start.resume(true);
  assert.equal(start.isOpen, false);
});
