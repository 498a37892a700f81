import assert from "node:assert/strict";
import test from "node:test";

import { fresh, watch } from "#forms/alike.js";
import { network, ok } from "./support/net.js";
import { fire, page } from "./support/page.js";

const FORM = `
  <form><input name="csrfmiddlewaretoken" value="t"><input name="title" value="Тест на ВИЧ"><input name="cost">
    <div data-alike="/look/" data-service="" hidden>
      <ul data-alike-list></ul><button type="button" data-alike-other>Другая</button>
    </div>
  </form>`;
const FOUND = { results: [{ id: "a", title: "Тест", place: "Мост, Тбилиси", why: "Тот же телефон", url: "/a/" }] };

test("what was called another one is not shown again", () => {
  assert.deepEqual(fresh([{ id: "a" }, { id: "b" }], new Set(["a"])), [{ id: "b" }]);
});

test("the likely one is told, and goes with one press", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const document = page(FORM);
  globalThis.FormData = window.FormData;
  const box = document.querySelector("[data-alike]");
  const asked = network(() => ok(FOUND));
  watch(document.querySelector("form"), box);
  fire(document.querySelector("[name=cost]"), "input");
  t.mock.timers.tick(1000);
  assert.equal(asked.length, 0);
  fire(document.querySelector("[name=title]"), "input");
  t.mock.timers.tick(1000);
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  await new Promise((done) => setImmediate(done));
  assert.equal(box.hidden, false);
  assert.match(box.textContent, /Мост, Тбилиси/);
  box.querySelector("[data-alike-other]").click();
  assert.equal(box.hidden, true);
});
