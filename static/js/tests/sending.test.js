import assert from "node:assert/strict";
import test from "node:test";

import { installSending } from "#lib/sending.js";
import { fire, page, settle } from "./support/page.js";

const PAGE = `<main><form method="post" action="https://map.test/ru/report/" data-cut="Связь прервалась">
  <textarea name="text">Дверь закрыта</textarea><p class="actions"><button>Отправить</button></p></form></main>`;

function begun(context, answer, html = PAGE) {
  const document = page(html);
  const [asked, sent] = [[], []];
  context.mock.method(globalThis, "fetch", async (url, options) => {
    asked.push([url, String(options.body)]);
    return answer();
  });
  globalThis.FormData = window.FormData;
  window.scrollTo = () => {};
  const form = document.querySelector("form");
  form.submit = () => sent.push("native");
  installSending(document);
  const press = async () => {
    const event = fire(form, "submit");
    for (let turn = 0; turn < 5; turn += 1) await settle();
    return event;
  };
  return { document, form, asked, sent, press };
}

const says = (text, status = 200) => new Response(text, { status });

test("a send that is cut says so, keeps what was typed, and may be pressed again", async (context) => {
  let isDown = true;
  const { document, asked, press } = begun(context, () => {
    if (isDown) throw new TypeError("cut");
    return says("<title>Спасибо</title><main><h1>Спасибо</h1></main>");
  });
  assert.equal((await press()).defaultPrevented, true);
  await press();
  assert.deepEqual(
    [...document.querySelectorAll("[role=alert]")].map((one) => one.textContent),
    ["Связь прервалась"],
  );
  assert.equal(document.querySelector("textarea").value, "Дверь закрыта");
  isDown = false;
  await press();
  assert.equal(document.querySelector("main").textContent, "Спасибо");
  assert.equal(document.title, "Спасибо");
  assert.equal(new Set(asked.map((one) => one.join())).size, 1, "the same was sent each time");
});

test("what is refused is shown with its fields; a page with a script of its own is opened by the browser", async (context) => {
  const refused = () => says("<main><p data-focus tabindex='-1'>Посмотрите сюда</p></main>", 400);
  const one = begun(context, refused);
  await one.press();
  assert.equal(one.document.querySelector("main").textContent, "Посмотрите сюда");
  const other = begun(context, refused, PAGE.replace("data-cut=", "data-cut-anew data-cut="));
  await other.press();
  assert.deepEqual(other.sent, ["native"]);
});

test("forms without the words are the browser's", async (context) => {
  const { asked, press } = begun(context, () => says(""), PAGE.replace("data-cut", "data-other"));
  assert.equal((await press()).defaultPrevented, false);
  assert.deepEqual(asked, []);
});
