import assert from "node:assert/strict";
import test from "node:test";

import { fire, load, page, type } from "./support/page.js";

const AS_IT_WAS = '<form data-as-it-was data-check></form><form data-as-it-was id="back"></form>';

async function open(more) {
  const document = page(`<form data-translate><textarea name="form">OIV</textarea></form>${more}`);
  const sent = [];
  for (const form of document.querySelectorAll("form")) {
    form.requestSubmit = () => sent.push("translate" in form.dataset ? "saved" : "checked");
  }
  await load("#pages/translate.js");
  const field = document.querySelector("textarea");
  const press = (where) => fire(where, "keydown", { key: "Enter", ctrlKey: true });
  return { document, field, sent, press };
}

test("translate: Ctrl+Enter saves what is written, and says outside of it that the text is right", async () => {
  const { document, field, sent, press } = await open(AS_IT_WAS);
  assert.notEqual(document.activeElement, field);
  press(document.body);
  press(field);
  assert.deepEqual(sent, ["checked", "saved"]);
});

test("translate: what is typed is not lost with a check or a taking back", async () => {
  const { document, field, sent, press } = await open(AS_IT_WAS);
  const others = [...document.querySelectorAll("[data-as-it-was]")];
  type(field, "OIV testi");
  assert.deepEqual(
    others.map((form) => form.hidden),
    [true, true],
  );
  press(document.body);
  assert.deepEqual(sent, []);
  type(field, "OIV");
  assert.deepEqual(
    others.map((form) => form.hidden),
    [false, false],
  );
});

test("translate: who only writes begins in the field, and Ctrl+Enter saves from everywhere", async () => {
  const { document, field, sent, press } = await open("");
  assert.equal(document.activeElement, field);
  press(document.body);
  assert.deepEqual(sent, ["saved"]);
});
