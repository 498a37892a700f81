import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { none, page } from "./support/page.js";

const SCRIPT = readFileSync(new URL("../plain.js", import.meta.url), "utf-8");
const PAGE = `
  <service-map class="app" data-sheet="half"><button data-needs-script>Карта</button><p>Список</p></service-map>
  <script type="module" src="/static/js/a.js"></script>
  <form><noscript></noscript></form>`;

// A browser with scripts keeps what stands in <noscript> as a text; happy-dom would make elements of it.
function opened() {
  const document = page(PAGE);
  document.querySelector("noscript").textContent = '<button class="send">Показать</button>';
  return document;
}

test("a page whose map was left out to save data is plain, others are not, nor is one whose map is wanted", () => {
  const opens = (more, wanted) => {
    const made = open((document) => {
      document.body.insertAdjacentHTML("beforeend", more);
      if (wanted) window.sessionStorage.setItem("kept:map-wanted", "true");
      Object.defineProperty(navigator, "connection", { value: { saveData: true }, configurable: true });
    });
    made.load();
    return [made.document.documentElement.classList.contains("is-saving"), made.isPlain()];
  };
  assert.deepEqual(opens("<p data-saves hidden></p>", false), [true, true]);
  assert.deepEqual(opens("", false), [true, false]);
  assert.deepEqual(opens("<p data-saves hidden></p>", true), [false, false]);
});

// A page with the script; `state` is how far the browser has come.
function open(prepare = () => {}) {
  const document = opened();
  prepare(document);
  for (const name of ["HTMLScriptElement", "ErrorEvent", "DOMParser"])
    Object.defineProperty(globalThis, name, { value: window[name], configurable: true });
  if (!("noModule" in window.HTMLScriptElement.prototype)) window.HTMLScriptElement.prototype.noModule = false;
  new Function(SCRIPT)();
  const load = () => window.dispatchEvent(new window.Event("load"));
  const fails = () => document.querySelector("script").dispatchEvent(new window.Event("error", { bubbles: true }));
  const isPlain = () => document.documentElement.classList.contains("is-plain");
  return { document, load, fails, isPlain };
}

test("a page whose modules came stays as it is", () => {
  const { document, load, isPlain } = open();
  load();
  assert.equal(isPlain(), false);
  assert.ok(document.querySelector("service-map"));
});

test("a module that failed: what needs a script goes, what stands in noscript comes, nothing is half awake", () => {
  const { document, load, fails, isPlain } = open();
  let pressed = 0;
  document.querySelector("service-map").addEventListener("click", () => (pressed += 1));
  fails();
  load();
  assert.equal(isPlain(), true);
  none(document.querySelector("service-map"));
  const app = document.querySelector(".app");
  assert.equal(app.hasAttribute("data-sheet"), false);
  assert.equal(app.querySelector("[data-needs-script]").hidden, true);
  app.querySelector("p").click();
  assert.equal(pressed, 0);
  assert.equal(document.querySelector("form .send").textContent, "Показать");
});

test("a list that a module had emptied holds again what the server wrote", () => {
  const { document, load, fails } = open();
  const map = document.querySelector("service-map");
  map.insertAdjacentHTML("beforeend", '<ol data-cards><li><a href="/ru/places/a/">Тест</a></li></ol>');
  const list = map.querySelector("ol");
  list.asServed = Array.from(list.childNodes);
  list.innerHTML = '<li class="skeleton"></li>';
  fails();
  load();
  assert.equal(document.querySelector(".app ol a").textContent, "Тест");
  none(document.querySelector(".skeleton"));
});

test("a mistake of ours while the page starts counts, one of a stranger's and a later one do not", () => {
  const error = (filename) => new window.ErrorEvent("error", { filename });
  const ours = open();
  window.dispatchEvent(error("https://map.test/static/js/map/element.js"));
  ours.load();
  assert.equal(ours.isPlain(), true);
  const other = open();
  window.dispatchEvent(error("chrome-extension://x/y.js"));
  other.load();
  window.dispatchEvent(error("https://map.test/static/js/map/element.js"));
  assert.equal(other.isPlain(), false);
});

test("a browser that knows no modules gets the plain page", () => {
  const document = opened();
  for (const name of ["ErrorEvent", "DOMParser"])
    Object.defineProperty(globalThis, name, { value: window[name], configurable: true });
  Object.defineProperty(globalThis, "HTMLScriptElement", { value: class {}, configurable: true });
  new Function(SCRIPT)();
  window.dispatchEvent(new window.Event("load"));
  assert.equal(document.documentElement.classList.contains("is-plain"), true);
});
