import assert from "node:assert/strict";
import test from "node:test";

import { installEasy } from "#lib/easy.js";
import { forgetKept } from "#lib/kept.js";
import { page } from "./support/page.js";

function open(way, url = "https://map.test/ru/places/x/?service=y") {
  const document = page(`<a data-easy="${way}" href="#">x</a>`, { url });
  const gone = [];
  return { document, gone, install: () => installEasy(document, (there) => gone.push(there)) };
}

function press({ document }) {
  const link = document.querySelector("[data-easy]");
  link.addEventListener("click", (event) => event.preventDefault());
  link.click();
}

test("a tab remembers that plain words are wanted, and opens the next place so", () => {
  const first = open("1");
  const { sessionStorage } = window;
  first.install();
  assert.deepEqual(first.gone, []);
  press(first);
  first.install();
  assert.deepEqual(first.gone, ["https://map.test/ru/places/x/?service=y&easy=1"]);
  forgetKept();
  assert.equal(sessionStorage.getItem("kept:easy"), null);
});

test("who wants everything again is asked no more, and the plain page leads nowhere by itself", () => {
  const plain = open("0", "https://map.test/ru/places/x/?easy=1");
  plain.install();
  press(plain);
  assert.deepEqual(plain.gone, []);
  assert.equal(window.sessionStorage.getItem("kept:easy"), "false");
});
