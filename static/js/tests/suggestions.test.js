import assert from "node:assert/strict";
import test from "node:test";

import { Search } from "#map/search.js";
import { fire, page, key as press, type as typed } from "./support/page.js";

const ROWS = [
  { param: "service", code: "lawyer", text: "Юрист", detail: "" },
  { param: "city", code: "ge1", text: "Юрмала", detail: "Латвия" },
];

function made(results = ROWS) {
  const root = page(`<form data-search><input type="search"><button data-clear-search hidden></button>
    <ul id="q-list" hidden data-suggestions></ul></form>`);
  const told = { words: [], meant: [], asked: [] };
  const search = new Search(root.body, {
    onWords: (words) => told.words.push(words),
    onMeant: (...meant) => told.meant.push(meant),
    ask: async (words) => {
      told.asked.push(words);
      return { results };
    },
  });
  const input = document.querySelector("input");
  const list = document.querySelector("ul");
  const key = (name) => press(input, name);
  const type = async (words) => {
    typed(input, words);
    await new Promise((resolve) => setTimeout(resolve, 260));
  };
  return { search, input, list, key, type, told };
}

test("arrows mark a row, the field says which, and Enter takes it in the place of the words", async () => {
  const { input, list, key, type, told } = made();
  await type("юр");
  assert.equal(list.hidden, false);
  assert.equal(input.getAttribute("aria-expanded"), "true");
  key("ArrowDown");
  key("ArrowDown");
  assert.equal(input.getAttribute("aria-activedescendant"), list.children[1].id);
  assert.equal(list.children[1].getAttribute("aria-selected"), "true");
  key("Enter");
  assert.deepEqual(told.meant, [["city", "ge1"]]);
  assert.equal(input.value, "");
  await new Promise((resolve) => setTimeout(resolve, 400));
  assert.deepEqual(told.words, [], "the words are not asked for any more");
});

test("a press takes a row", async () => {
  const { list, type, told } = made();
  await type("юр");
  fire(list.children[0], "click");
  assert.deepEqual(told.meant, [["service", "lawyer"]]);
});

test("without a mark the words are asked for as they are, and Escape leaves them", async () => {
  const { input, list, key, type, told } = made();
  await type("юр");
  key("Escape");
  assert.equal(list.hidden, true);
  assert.equal(input.value, "юр");
  await type("юри");
  key("Enter");
  fire(document.querySelector("form"), "submit");
  assert.deepEqual([told.words, told.meant, list.hidden], [["юри"], [], true]);
});

test("where nothing fits there is no list", async () => {
  const { input, list, type } = made([]);
  await type("ыы");
  assert.deepEqual([list.hidden, input.getAttribute("aria-expanded")], [true, "false"]);
});
