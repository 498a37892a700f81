import assert from "node:assert/strict";
import test from "node:test";

import { load, page, tick } from "./support/page.js";

const MADE = (code) => `<div data-made><textarea id="code">${code}</textarea>
  <button data-copy-from="code" data-done="Скопировано" data-needs-script hidden><span></span>Скопировать</button></div>`;
const FORM = `<form data-build><input type="checkbox" name="fixed" value="1"><p class="build-press"></p></form>
  <p data-said data-done="Готово"></p>`;
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

test("embed_build: what was chosen a moment ago is never copied as it was before", async (t) => {
  const document = page(FORM + MADE("before"));
  Object.defineProperty(globalThis, "FormData", { value: window.FormData, configurable: true, writable: true });
  let answer;
  t.mock.method(globalThis, "fetch", () => new Promise((done) => (answer = done)));
  await load("#pages/embed_build.js");
  const button = () => document.querySelector("[data-copy-from]");
  assert.deepEqual([button().hidden, button().disabled], [false, false]);
  tick(document.querySelector("[name=fixed]"));
  document.querySelector("[name=fixed]").dispatchEvent(new document.defaultView.Event("input", { bubbles: true }));
  assert.equal(button().disabled, true, "the old code is not given out any more");
  assert.equal(document.querySelector("[data-made]").getAttribute("aria-busy"), "true");
  await wait(350);
  answer({ text: async () => `<html><body>${MADE("after")}</body></html>` });
  await wait(20);
  assert.deepEqual(
    [document.querySelector("#code").value, button().disabled, button().hidden],
    ["after", false, false],
  );
  assert.equal(document.querySelector("[data-made]").hasAttribute("aria-busy"), false);
});
