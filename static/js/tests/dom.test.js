import assert from "node:assert/strict";
import test from "node:test";

import { h, hiddenText, icon, pin } from "#lib/dom.js";
import { none, page } from "./support/page.js";
import { HOSTILE } from "./support/samples.js";

test("what people wrote is text, in children as in attributes", () => {
  page();
  const element = h("p", { title: HOSTILE, data: { name: HOSTILE } }, HOSTILE, [HOSTILE]);
  document.body.append(element, hiddenText(HOSTILE), pin(HOSTILE, HOSTILE));
  none(document.querySelector("img"));
  assert.equal(element.textContent, HOSTILE + HOSTILE);
  assert.equal(element.title, HOSTILE);
  assert.equal(element.dataset.name, HOSTILE);
});

test("empty children are left out, zero is a child", () => {
  page();
  const element = h("ul", {}, null, undefined, "", [null, h("li", {}, "a")], 0);
  assert.equal(element.childNodes.length, 2);
  assert.equal(element.textContent, "a0");
});

test("properties that are not set leave no attribute; true is an empty one", () => {
  page();
  const button = h("button", { disabled: false, id: null, title: undefined, "data-reset": true, tabindex: 0 });
  assert.deepEqual(button.getAttributeNames(), ["data-reset", "tabindex"]);
  assert.equal(button.dataset.reset, "");
});

test("a property that begins with on listens and is no attribute", () => {
  page();
  let pressed = 0;
  const button = h("button", { onclick: () => (pressed += 1) });
  button.click();
  assert.equal(pressed, 1);
  assert.equal(button.hasAttribute("onclick"), false);
});

test("a sign is drawn as SVG and hidden from those who listen", () => {
  page();
  const sign = icon("phone");
  assert.equal(sign.namespaceURI, "http://www.w3.org/2000/svg");
  assert.equal(sign.getAttribute("aria-hidden"), "true");
  assert.deepEqual([sign.getAttribute("class"), sign.getAttribute("viewBox")], ["icon", "0 0 24 24"]);
  assert.equal(sign.querySelector("use").getAttribute("href"), "#icon-phone");
});

test("a pin carries its family, its pictogram and that it is stale", () => {
  page();
  const drawn = pin("health", { stale: true, size: "s" });
  assert.equal(drawn.className, "pin s stale");
  assert.equal(drawn.dataset.family, "health");
  assert.equal(drawn.getAttribute("aria-hidden"), "true");
  assert.equal(drawn.querySelector("use").getAttribute("href"), "#icon-family-health");
  assert.equal(pin("law").className, "pin");
  assert.equal(hiddenText("x").className, "visually-hidden");
});
