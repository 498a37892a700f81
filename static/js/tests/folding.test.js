import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { askedWords, words } from "#lib/folding.js";

const PAIRS = JSON.parse(readFileSync(new URL("../../../core/tests/folding.json", import.meta.url), "utf-8"));

for (const [typed, kept] of PAIRS) {
  test(`the words of ${JSON.stringify(typed)}`, () => assert.equal(words(typed).join(" "), kept));
}

test("a question of which nothing can be read is not the question for everything", () => {
  assert.equal(askedWords("!!!"), null);
  assert.deepEqual(askedWords("  "), []);
  assert.deepEqual(askedWords("вич!"), ["вич"]);
});
