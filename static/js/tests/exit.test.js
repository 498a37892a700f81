import assert from "node:assert/strict";
import test from "node:test";

import { isExitSign } from "#lib/exit.js";

test("three quick presses are the sign for leaving", () => {
  assert.equal(isExitSign([0, 600, 1900]), true);
  assert.equal(isExitSign([0, 5000, 5500, 6900]), true);
});

test("two presses, or three slow ones, are not", () => {
  assert.equal(isExitSign([0, 100]), false);
  assert.equal(isExitSign([0, 1500, 3000]), false);
});
