import assert from "node:assert/strict";
import test from "node:test";

import { isLongEnough, keyOf, seal, unseal } from "#outreach/seal.js";

const CODE = "271828";

test("a seal opens with its code alone, and not when somebody has touched it", async () => {
  const key = await keyOf(CODE, "c2FsdA==", 10);
  const sealed = await seal(key, { a: "Тест" });
  assert.deepEqual(await unseal(key, sealed), { a: "Тест" });
  assert.equal(await unseal(await keyOf("271829", "c2FsdA==", 10), sealed), null);
  assert.equal(
    await unseal(await keyOf(CODE, "c2FsdB==", 10), { ...sealed, sealed: `A${sealed.sealed.slice(1)}` }),
    null,
  );
  assert.equal((await seal(key, [])).sealed.length, (await seal(key, Array(200).fill("Тест"))).sealed.length);
  assert.notEqual((await seal(key, [])).iv, (await seal(key, [])).iv);
  assert.equal(key.extractable, false);
  assert.deepEqual(["271828", "111111", "27182", "слово1"].map(isLongEnough), [true, false, false, true]);
});
