import assert from "node:assert/strict";
import test from "node:test";

import { code, fire, load, page, texts, tick, type } from "./support/page.js";

async function open(name, html) {
  const document = page(html);
  await load(`#pages/${name}.js`);
  const find = (selector) => document.querySelector(selector);
  return { document, find, all: (selector) => [...document.querySelectorAll(selector)] };
}

const BOXES = '<input type="checkbox" name="listing" checked><input type="checkbox" name="listing" checked>';

test("confirm: the button says how many it confirms, and confirms nothing when none is ticked", async () => {
  const button = '<button data-confirm-button data-one="Подтвердить {n} из {total}">Всё верно</button>';
  const { find, all } = await open("confirm", `<form data-confirm>${BOXES}${button}</form>`);
  const [first, second] = all("[name=listing]");
  tick(first, false);
  assert.equal(find("button").textContent, "Подтвердить 1 из 2");
  tick(second, false);
  assert.equal(find("button").disabled, true);
  tick(first);
  tick(second);
  assert.deepEqual([find("button").textContent, find("button").disabled], ["Всё верно", false]);
});

test("letter: the button counts at once, for a browser that kept the ticks", async () => {
  const boxes = '<input type="checkbox" data-right checked><input type="checkbox" data-right>';
  const form = '<form data-all-right><button data-count="Верно: %n из %total">Всё верно</button></form>';
  const { find, all } = await open("letter", boxes + form);
  assert.equal(find("button").textContent, "Верно: 1 из 2");
  tick(all("[data-right]")[1]);
  assert.equal(find("button").textContent, "Всё верно");
  for (const box of all("[data-right]")) tick(box, false);
  assert.equal(find("button").disabled, true);
  tick(all("[data-right]")[0]);
  assert.equal(find("button").disabled, false);
});

test("pages without these forms load without trouble", async () => {
  for (const name of ["confirm", "letter", "queue", "review", "desk", "coordination"]) await open(name, "<p></p>");
});

const CONTACT = `<form data-contact>
  <input type="radio" name="audience" value="clients"><input type="radio" name="audience" value="colleagues">
  <input type="radio" name="visibility" value="public" checked><input type="radio" name="visibility" value="members">
  <p data-for-colleagues></p></form>`;

test("contact: one for colleagues has a name and is never public", async () => {
  const { find } = await open("contact", CONTACT);
  const everybody = find("[value=public]");
  assert.deepEqual([find("p").hidden, everybody.disabled, everybody.checked], [true, false, true]);
  tick(find("[value=colleagues]"));
  assert.deepEqual([find("p").hidden, everybody.disabled, find("[value=members]").checked], [false, true, true]);
  tick(find("[value=clients]"));
  assert.deepEqual([find("p").hidden, everybody.disabled], [true, false]);
});

const DESK = `<input data-desk-search><p data-desk-found></p>
  <form><select data-submits><option>1</option></select></form>
  <section data-desk-group><div data-desk-row data-text="Тест на ВИЧ"></div><div data-desk-row data-text="Юрист"></div></section>
  <section data-desk-group><div data-desk-row data-text="Приют"></div></section>`;

test("desk: typing leaves what fits, says how many, and an empty field shows all", async () => {
  const { find, all } = await open("desk", DESK);
  const look = () => [all(".is-out").length, all(".is-empty").length, find("p").textContent];
  type(find("[data-desk-search]"), "юрист");
  assert.deepEqual(look(), [2, 1, "1"]);
  type(find("[data-desk-search]"), "космос");
  assert.deepEqual(look(), [3, 2, "0"]);
  type(find("[data-desk-search]"), " ");
  assert.deepEqual(look(), [0, 0, ""]);
});

test("desk: another organisation is opened without a second press", async () => {
  const { find } = await open("desk", DESK);
  let sent = 0;
  find("form").requestSubmit = () => (sent += 1);
  fire(find("[data-submits]"), "change");
  assert.equal(sent, 1);
});

async function once(html) {
  const { document, find } = await open("once", html);
  return { document, find, send: () => fire(find("form"), "submit").defaultPrevented };
}

test("once: a second press sends nothing; back on the page the form can be sent again", async () => {
  const { send } = await once('<form method="post"></form>');
  assert.deepEqual([send(), send(), send()], [false, true, true]);
  fire(window, "pageshow");
  assert.equal(send(), false);
});

test("once: a search may be sent again, and a form that somebody stopped was not sent", async () => {
  const search = await once('<form method="get"></form>');
  assert.deepEqual([search.send(), search.send()], [false, false]);
  const { find, send } = await once('<form method="post"></form>');
  const stop = (event) => event.preventDefault();
  find("form").addEventListener("submit", stop);
  send();
  find("form").removeEventListener("submit", stop);
  assert.equal(send(), false);
});

test("queue: J and K go down and up and stop at the ends; the first line has the focus", async () => {
  const links = ["1", "2", "3"].map((name) => `<a href="#" data-queue-link>${name}</a>`).join("");
  const { document, find } = await open("queue", `<div data-queue>${links}</div>`);
  const seen = [document.activeElement.textContent];
  for (const name of ["KeyJ", "ArrowDown", "KeyJ", "KeyK", "ArrowUp", "KeyK"]) {
    assert.equal(code(document.activeElement, name).defaultPrevented, true);
    seen.push(document.activeElement.textContent);
  }
  assert.deepEqual(seen, ["1", "2", "3", "3", "2", "1", "1"]);
  for (const held of ["ctrlKey", "metaKey", "altKey"]) {
    assert.equal(code(find("a"), "KeyJ", { [held]: true }).defaultPrevented, false);
  }
  assert.equal(code(find("a"), "KeyX").defaultPrevented, false);
});

const REVIEW = `
  <details class="return"><summary></summary><textarea id="ask"></textarea></details>
  <details class="return"><summary></summary><textarea id="refuse"></textarea></details>
  <table><tr data-path="phone"><td><input type="checkbox" name="returned" value="phone"></td></tr>
    <tr data-path="title"><td><input type="checkbox" name="returned" value="title"></td></tr></table>
  <b data-whole>Принять</b><b data-part>Принять остальное</b>
  <form id="decision"><p class="field"><i class="optional"></i><textarea name="note"></textarea></p></form>`;

test("review: asking and refusing unfold one at a time, with the caret in the reason", async () => {
  const { document, all } = await open("review", REVIEW);
  const [ask, refuse] = all("details.return");
  for (const details of [ask, refuse]) {
    details.open = true;
    fire(details, "toggle");
  }
  assert.deepEqual([ask.open, refuse.open, document.activeElement.id], [false, true, "refuse"]);
  refuse.open = false;
  fire(refuse, "toggle");
  assert.equal(ask.open, false);
});

test("review: a returned field is marked, the button says so, and a note is then needed", async () => {
  const { find, all } = await open("review", REVIEW);
  const shown = () => texts(all("b").filter((words) => !words.hidden));
  const look = () => [
    all(".goes-back").map((row) => row.dataset.path),
    shown(),
    find("[name=note]").required,
    find("i").hidden,
  ];
  assert.deepEqual(look(), [[], ["Принять"], false, false]);
  tick(find("[value=title]"));
  assert.deepEqual(look(), [["title"], ["Принять остальное"], true, true]);
  tick(find("[value=title]"), false);
  assert.deepEqual(look(), [[], ["Принять"], false, false]);
});
