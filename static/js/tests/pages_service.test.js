import assert from "node:assert/strict";
import test from "node:test";

import { fire, key, load, page, texts, tick, type } from "./support/page.js";

const leaf = (code, words) =>
  `<label data-words="${words}"><input type="checkbox" name="types" value="${code}"></label>`;
const group = (leaves, isOpen) => `
  <details data-type-group${isOpen ? " open" : ""}><summary><span data-type-count></span></summary>${leaves}</details>`;
const SERVICE = `
  <fieldset data-types><input type="search" data-types-search>
    <p class="visually-hidden" data-types-found data-none="Ничего не нашлось"></p>
    ${group(leaf("hiv", "тест на вич спид") + leaf("prep", "доконтактная профилактика"), true)}
    ${group(leaf("law", "юрист право"), false)}
  </fieldset>
  <p class="welcome-line"><select><option value=""></option><option value="yes">да</option></select></p>
  <fieldset data-attributes hidden>
    <div data-kinds="law prep" hidden><input type="radio" name="attribute_dogs" value="dogs-yes"></div>
    <div data-kinds="hiv" hidden><input type="checkbox" name="attribute_queue" value="queue-live"></div>
  </fieldset>
  ${["none", "passport", "visa"].map((name) => `<input type="checkbox" name="documents" value="${name}">`).join("")}`;

async function open() {
  const document = page(SERVICE);
  await load("#pages/service.js");
  const find = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const search = find("[data-types-search]");
  const groups = () => all("[data-type-group]").map((one) => [!one.hidden, one.open]);
  return { document, find, all, search, groups };
}

test("typing opens the groups that have what is looked for and hides the others", async () => {
  const { find, all, search, groups } = await open();
  type(search, "юрист");
  assert.deepEqual(groups(), [
    [false, false],
    [true, true],
  ]);
  type(search, "вич");
  assert.deepEqual(groups(), [
    [true, true],
    [false, false],
  ]);
  assert.deepEqual(
    all("[data-words]")
      .filter((one) => !one.hidden)
      .map((one) => one.dataset.words),
    ["тест на вич спид"],
  );
  assert.equal(find("[data-types-found]").textContent, "");
});

test("an emptied field leaves the groups as they were, also the second time", async () => {
  const { find, search, groups } = await open();
  for (let time = 0; time < 2; time += 1) {
    type(search, "юрист");
    type(search, "юр");
    type(search, "");
    assert.deepEqual(groups(), [
      [true, true],
      [true, false],
    ]);
    find("[data-type-group]").open = true;
  }
});

test("what is not found is said where everybody sees it", async () => {
  const { find, search } = await open();
  const said = find("[data-types-found]");
  type(search, "космос");
  assert.deepEqual([said.textContent, said.classList.contains("visually-hidden")], ["Ничего не нашлось", false]);
  type(search, "вич");
  assert.deepEqual([said.textContent, said.classList.contains("visually-hidden")], ["", true]);
});

test("Enter in the search does not send the form; other keys type", async () => {
  const { search } = await open();
  assert.equal(key(search, "Enter").defaultPrevented, true);
  assert.equal(key(search, "a").defaultPrevented, false);
});

test("a group says how many of it are chosen", async () => {
  const { find, all } = await open();
  const counts = () => texts(all("[data-type-count]"));
  tick(find("[value=hiv]"));
  tick(find("[value=prep]"));
  assert.deepEqual(counts(), ["2", ""]);
  tick(find("[value=hiv]"), false);
  tick(find("[value=prep]"), false);
  assert.deepEqual(counts(), ["", ""]);
});

test("a group of people for whom something is chosen stands out", async () => {
  const { find } = await open();
  const [line, select] = [find(".welcome-line"), find(".welcome-line select")];
  select.value = "yes";
  fire(select, "change");
  assert.equal(line.classList.contains("on"), true);
  select.value = "";
  fire(select, "change");
  assert.equal(line.classList.contains("on"), false);
});

test("no documents and a list of documents exclude each other", async () => {
  const { find, all } = await open();
  const chosen = () =>
    all("[name=documents]")
      .filter((box) => box.checked)
      .map((box) => box.value);
  tick(find("[value=passport]"));
  tick(find("[value=visa]"));
  assert.deepEqual(chosen(), ["passport", "visa"]);
  tick(find("[value=none]"));
  assert.deepEqual(chosen(), ["none"]);
  tick(find("[value=visa]"));
  assert.deepEqual(chosen(), ["visa"]);
  tick(find("[value=visa]"), false);
  assert.deepEqual(chosen(), []);
});

const KEYS = "<p data-with-keys hidden></p><p data-without-keys></p><p data-key-trouble hidden></p>";

async function openKeys(hasKeys) {
  const document = page(KEYS);
  if (hasKeys) window.PublicKeyCredential = class {};
  await load("#account/keys.js");
  return { document, hidden: () => [...document.querySelectorAll("p")].map((line) => line.hidden) };
}

test("a passkey is offered only where there can be one", async () => {
  assert.deepEqual((await openKeys(true)).hidden(), [false, true, true]);
  assert.deepEqual((await openKeys(false)).hidden(), [true, false, true]);
});

test("a device that did not answer is told on the page, not in a box of the browser", async () => {
  const { document, hidden } = await openKeys(true);
  assert.equal(fire(document, "allauth.error").defaultPrevented, true);
  assert.equal(hidden()[2], false);
});

test("every page can be left, has menus that close and tools that work", async () => {
  const document = page('<a data-exit></a><details class="menu" open></details><p data-needs-script hidden></p>');
  await load("#site.js");
  let went = "";
  window.location.replace = (address) => (went = address);
  document.querySelector("p").click();
  assert.equal(document.querySelector("details").open, false);
  assert.equal(document.querySelector("p").hidden, false);
  document.querySelector("a").click();
  assert.equal(went, "about:blank");
});

test("what is asked follows the kinds that are ticked, and what is not asked is not sent", async () => {
  const { find, all } = await open();
  const asked = () => all("[data-kinds]").map((one) => [!one.hidden, !one.querySelector("input").disabled]);
  const kind = (code) => find(`[name=types][value=${code}]`);
  assert.equal(find("[data-attributes]").hidden, true);
  tick(kind("law"), true);
  assert.deepEqual(asked(), [
    [true, true],
    [false, false],
  ]);
  assert.equal(find("[data-attributes]").hidden, false);
  tick(kind("hiv"), true);
  tick(kind("law"), false);
  assert.deepEqual(asked(), [
    [false, false],
    [true, true],
  ]);
  tick(kind("hiv"), false);
  assert.equal(find("[data-attributes]").hidden, true);
});
