import assert from "node:assert/strict";
import test from "node:test";

import { matches } from "#map/panels.js";

test("every typed word begins a word of the text", () => {
  assert.equal(matches("Экспресс-тест на ВИЧ", "вич тест"), true);
  assert.equal(matches("Экспресс-тест на ВИЧ", "вич гепатит"), false);
  assert.equal(matches("Экспресс-тест на ВИЧ", "кспресс"), false);
});

test("ё and е are one letter, nothing typed fits all", () => {
  assert.equal(matches("Приём врача", "прием"), true);
  assert.equal(matches("Прием врача", "приём"), true);
  assert.equal(matches("Шелтер", "  "), true);
});
