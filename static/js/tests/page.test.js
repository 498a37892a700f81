import assert from "node:assert/strict";
import test from "node:test";

import { installPageTools } from "#lib/page.js";
import { fire, page, settle } from "./support/page.js";

const TOOLS = `
  <p data-needs-script hidden></p>
  <button data-needs-script data-share data-done="Скопировано" hidden><i></i>Поделиться</button>
  <button data-copy="Горная, 5" data-done="Готово"><i></i>Копировать</button>
  <button data-print></button>
  <a data-keep-fragment href="/en/">en</a>
  <a data-back href="https://map.test/ru/">back</a>`;

function open({ url = "https://map.test/ru/p/1/?x=1#part", navigator: abilities = {} } = {}) {
  const document = page(TOOLS, { url });
  for (const name of ["share", "clipboard"]) {
    Object.defineProperty(window.navigator, name, { value: abilities[name], configurable: true });
  }
  installPageTools(document);
  return document;
}

test("what needs a script appears with it; sharing only where the device can share", () => {
  const document = open();
  assert.equal(document.querySelector("p").hidden, false);
  assert.equal(document.querySelector("[data-share]").hidden, true);
  assert.equal(open({ navigator: { share: async () => {} } }).querySelector("[data-share]").hidden, false);
});

test("sharing hands over the address without the fragment", async () => {
  const shared = [];
  const document = open({ navigator: { share: async (what) => shared.push(what.url) } });
  document.querySelector("[data-share] i").click();
  await settle();
  assert.deepEqual(shared, ["https://map.test/ru/p/1/?x=1"]);
});

test("a visitor who closes the dialogue of sharing gets no error and nothing copied", async () => {
  const copied = [];
  const clipboard = { writeText: async (text) => copied.push(text) };
  const share = async () => {
    throw new Error("AbortError");
  };
  const document = open({ navigator: { share, clipboard } });
  document.querySelector("[data-share]").click();
  await settle();
  assert.deepEqual(copied, []);
});

test("without a dialogue the address is copied, and the button says so", async () => {
  const copied = [];
  const document = open({ navigator: { clipboard: { writeText: async (text) => copied.push(text) } } });
  const button = document.querySelector("[data-share]");
  button.click();
  await settle();
  assert.deepEqual(copied, ["https://map.test/ru/p/1/?x=1"]);
  assert.equal(button.textContent, "Скопировано");
  assert.ok(button.querySelector("i"));
  button.click();
  await settle();
  assert.equal(button.dataset.label, "Поделиться");
});

test("the print button prints", () => {
  const document = open();
  let printed = 0;
  window.print = () => (printed += 1);
  document.querySelector("[data-print]").click();
  document.body.click();
  assert.equal(printed, 1);
});

test("another language opens the same view", () => {
  const document = open({ url: "https://map.test/ru/#country=GE" });
  const link = document.querySelector("[data-keep-fragment]");
  link.addEventListener("click", (event) => event.preventDefault());
  link.click();
  assert.equal(new URL(link.href).hash, "#country=GE");
});

function pressBack({ referrer, entries }) {
  const document = open();
  Object.defineProperty(document, "referrer", { value: referrer });
  const went = [];
  Object.defineProperty(window, "history", { value: { length: entries, back: () => went.push("back") } });
  const event = fire(document.querySelector("[data-back]"), "click");
  return [went.length, event.defaultPrevented];
}

test("back goes to the map as it was left, when the visitor came from it", () => {
  assert.deepEqual(pressBack({ referrer: "https://map.test/ru/?q=1", entries: 2 }), [1, true]);
});

test("who came from elsewhere, or in a tab of its own, follows the link", () => {
  assert.deepEqual(pressBack({ referrer: "https://elsewhere.test/", entries: 3 }), [0, false]);
  assert.deepEqual(pressBack({ referrer: "https://map.test/ru/", entries: 1 }), [0, false]);
});

test("what asks for the focus gets it", () => {
  const document = page('<input><input id="wanted" data-focus>');
  installPageTools(document);
  assert.equal(document.activeElement.id, "wanted");
});

test("a text is copied by the clipboard, or as a marked text where a frame forbids that", async () => {
  const copied = [];
  const document = open({ navigator: { clipboard: { writeText: async (text) => copied.push(text) } } });
  const button = document.querySelector("[data-copy]");
  button.querySelector("i").click();
  await settle();
  assert.deepEqual([copied, button.textContent], [["Горная, 5"], "Готово"]);
  for (const [isDone, said] of [
    [true, "Готово"],
    [false, "Копировать"],
  ]) {
    const other = open();
    const marked = [];
    other.execCommand = () => marked.push(other.querySelector("textarea").value) && isDone;
    other.querySelector("[data-copy]").click();
    await settle();
    assert.deepEqual([marked, other.querySelector("[data-copy]").textContent], [["Горная, 5"], said]);
    assert.equal(other.querySelector("textarea"), null);
  }
});

test("what stands in a field is copied, and not the field's name", async () => {
  const copied = [];
  const document = page(
    '<textarea id="code-iframe">&lt;iframe&gt;</textarea><button data-copy-from="code-iframe" data-done="Готово">Копировать</button>',
  );
  const clipboard = { writeText: async (text) => copied.push(text) };
  Object.defineProperty(window.navigator, "clipboard", { value: clipboard, configurable: true });
  installPageTools(document);
  document.querySelector("[data-copy-from]").click();
  await settle();
  assert.deepEqual([copied, document.querySelector("[data-copy-from]").textContent], [["<iframe>"], "Готово"]);
});
