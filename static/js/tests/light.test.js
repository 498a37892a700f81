import assert from "node:assert/strict";
import { test } from "node:test";
import { offerLight, offerMap } from "#lib/light.js";
import { page } from "./support/page.js";

const pageWith = (offer) => ({ querySelector: () => offer });

test("whoever saves data is told of the light pages, nobody else", () => {
  for (const [connection, hidden] of [
    [{ saveData: true }, false],
    [{ saveData: false }, true],
    [{ saveData: "on" }, true],
    [undefined, true],
  ]) {
    const offer = { hidden: true };
    offerLight(pageWith(offer), connection);
    assert.equal(offer.hidden, hidden);
  }
});

test("a page without the offer is left alone", () => {
  assert.doesNotThrow(() => offerLight(pageWith(null), { saveData: true }));
});

test("a map that was left out comes at a press, which this tab remembers", () => {
  const document = page("<p data-saves hidden><button>Показать</button></p>");
  let opened = 0;
  offerMap(document, () => {
    opened += 1;
  });
  assert.equal(document.querySelector("p").hidden, true);
  document.documentElement.classList.add("is-saving");
  offerMap(document, () => {
    opened += 1;
  });
  assert.equal(document.querySelector("p").hidden, false);
  document.querySelector("button").click();
  assert.deepEqual([opened, window.sessionStorage.getItem("kept:map-wanted")], [1, "true"]);
});
