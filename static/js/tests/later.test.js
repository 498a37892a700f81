import assert from "node:assert/strict";
import test from "node:test";

import { Later } from "#map/later.js";
import { page, texts } from "./support/page.js";

const REST = '<fieldset><label>A<input type="checkbox" value="a"></label><b>&lt;i&gt;</b></fieldset>';

// As a browser with scripts has it: the markup is a text.
function make() {
  const form = page("<form><details><input value='here'></details><details></details></form>").querySelector("form");
  for (const panel of form.querySelectorAll("details")) {
    const place = document.createElement("noscript");
    place.dataset.later = "";
    place.append(document.createTextNode(REST));
    panel.append(place);
  }
  return { form, later: new Later(form), panels: [...form.querySelectorAll("details")] };
}

test("what is not in the page yet is found with the rest, and inside its own part alone", () => {
  const { form, later, panels } = make();
  assert.equal(form.querySelectorAll("input").length, 1);
  assert.deepEqual(
    later
      .all(form, "input")
      .map((one) => one.value)
      .sort(),
    ["a", "a", "here"],
  );
  assert.equal(later.all(panels[1], "input").length, 1);
});

test("it comes into the page once, as it became meanwhile, and texts stay texts", () => {
  const { form, later, panels } = make();
  for (const box of later.all(form, "[value=a]")) box.checked = true;
  later.unfold(panels[1]);
  later.unfold(panels[1]);
  assert.deepEqual(
    [...form.querySelectorAll("input")].map((one) => one.checked),
    [false, true],
  );
  assert.deepEqual(texts(panels[1].querySelectorAll("b")), ["<i>"]);
  assert.equal(later.all(form, "input").length, 3);
  assert.equal(form.querySelectorAll("noscript").length, 1, "the other one waits");
});
