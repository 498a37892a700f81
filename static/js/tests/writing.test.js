import assert from "node:assert/strict";
import test from "node:test";

import { fire, load, page, tick, type } from "./support/page.js";

const english = (more = "") => `<details data-english><summary>En</summary><input name="title_en">${more}</details>`;
const FORM = `
  <form class="form" method="post"><div data-english-all hidden><button type="button" aria-pressed="false"></button></div>
    <input name="title" value="Тест"><input type="checkbox" name="cost"><input type="search">
    <details id="fold"><details id="inner"><input name="age" type="number"></details></details>
    ${english()}${english('<p class="wrong"></p>')}<button>Save</button>
  </form>`;

async function open(html = FORM, url = undefined) {
  const document = page(html, { url });
  await load("#pages/writing.js");
  const find = (selector) => document.querySelector(selector);
  return { document, find, asks: () => fire(window, "beforeunload").defaultPrevented };
}

test("what was typed or ticked is asked about before it is left, and no longer when it is as it was", async () => {
  const { find, asks } = await open();
  assert.equal(asks(), false);
  type(find("[name=title]"), "Иначе");
  assert.equal(asks(), true);
  type(find("[name=title]"), "Тест");
  type(find("[type=search]"), "нигде не хранится");
  assert.equal(asks(), false);
  tick(find("[name=cost]"));
  assert.equal(asks(), true);
});

test("a form that is sent asks nothing; one that somebody stopped, or that came back, asks again", async () => {
  const { document, find, asks } = await open();
  type(find("[name=title]"), "Иначе");
  document.querySelector("form").addEventListener("submit", (event) => event.preventDefault(), { once: true });
  fire(find("form"), "submit");
  assert.equal(asks(), true);
  fire(find("form"), "submit");
  assert.equal(asks(), false);
  fire(window, "pageshow");
  assert.equal(asks(), true);
});

test("a page that shows what was not saved asks at once; a quick exit is never asked", async () => {
  const { document, asks } = await open(FORM.replace("<button>Save", "<span data-unsaved></span><button>Save"));
  assert.equal(asks(), true);
  document.documentElement.classList.add("is-left");
  assert.equal(asks(), false);
});

test("a field that the browser refuses comes out of its folds", async () => {
  const { find } = await open();
  fire(find("[name=age]"), "invalid");
  assert.deepEqual([find("#fold").open, find("#inner").open], [true, true]);
});

test("one press unfolds English everywhere, and the next page remembers; what is wrong stays open", async () => {
  const first = await open();
  const state = ({ document }) => [...document.querySelectorAll("[data-english]")].map((fold) => fold.open);
  const press = ({ find }) => find("[data-english-all] button").click();
  assert.equal(first.find("[data-english-all]").hidden, false);
  press(first);
  assert.deepEqual(state(first), [true, true]);
  press(first);
  assert.deepEqual(state(first), [false, true]);
});

test("a row that is wider than the phone begins with the place where one is in its middle", async () => {
  const { document } = await open('<nav class="desk-nav"><a></a><a aria-current="page"></a></nav>');
  const [row, current] = [document.querySelector("nav"), document.querySelector("[aria-current]")];
  const sizes = { clientWidth: 300, scrollWidth: 900 };
  for (const [name, value] of Object.entries(sizes)) Object.defineProperty(row, name, { value });
  Object.defineProperty(current, "offsetWidth", { value: 100 });
  row.getBoundingClientRect = () => ({ left: 10 });
  current.getBoundingClientRect = () => ({ left: 610 });
  await load("#pages/writing.js");
  assert.equal(row.scrollLeft, 600 - (300 - 100) / 2);
});

test("a link that names a field puts the cursor there, out of its folds; a group gives its first control", async () => {
  const focused = async (name) => {
    const { document } = await open(FORM.replace('name="age"', 'name="age" id="age"'), `https://map.test/ru/#${name}`);
    return [document.activeElement.getAttribute("name"), document.querySelector("#inner").open];
  };
  assert.deepEqual(await focused("age"), ["age", true]);
  assert.deepEqual(await focused("fold"), ["age", true]);
  assert.deepEqual(await focused("nothing"), [null, false]);
});
