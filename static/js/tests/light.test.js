import assert from "node:assert/strict";
import { test } from "node:test";
import { offerLight } from "#lib/light.js";

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
