import assert from "node:assert/strict";
import test from "node:test";
import { network } from "./support/net.js";
import { fire, load, page, settle, texts } from "./support/page.js";

const A = "aaaaaaaaaa";
const B = "bbbbbbbbbb";
const C = "cccccccccc";
const rows = (ids) =>
  ids
    .map(
      (id) => `<li class="picked-row">${id}<button name="up" value="${id}"></button>
      <button name="remove" value="${id}"></button></li>`,
    )
    .join("");
const parts = (ids, back = "") => `<div data-picked><input type="hidden" name="ids" value="${ids.join(",")}">
  ${back ? `<p data-picked-words><span> Убрана </span><button name="back" value="${back}"></button></p>` : ""}
  <ol>${rows(ids)}</ol></div>
  <div data-picked-out>${ids.length ? "<button data-needs-script hidden></button>" : ""}</div>`;
const PAGE = `<form action="/ru/list/" data-picked-form><div data-picked-visit hidden><button type="button" data-picked-join></button>
  <button type="button" data-picked-mine></button></div><p data-picked-said></p>
  <div data-picked-failed hidden><button type="button" data-picked-again></button></div>
  <div data-picked><input type="hidden" name="ids" value=""></div></form><div data-picked-out></div>
  <form data-picked-paste><input type="hidden" name="ids" data-picked-ids value=""><input name="add"></form>`;

// The server's side: the ids that were sent, with what was pressed.
function served(body) {
  const ids = (body.get("ids") || "").split(",").filter(Boolean);
  if (body.get("remove"))
    return parts(
      ids.filter((id) => id !== body.get("remove")),
      ids.join(","),
    );
  if (body.get("back")) return parts(body.get("back").split(","));
  if (body.get("add")) return parts([...ids, body.get("add").split("#")[1]]);
  return parts(ids);
}

async function open({ hash = "", own = [] } = {}) {
  const document = page(PAGE, { url: `https://map.test/ru/list/${hash}` });
  globalThis.FormData = window.FormData;
  const { keepPicks, picks } = await import("#lib/picks.js");
  if (own.length) keepPicks(own);
  const state = { isAway: false };
  const asked = network((_address, { body }) => {
    if (state.isAway) throw new TypeError("no network");
    return { ok: true, text: async () => served(body) };
  });
  await load("#pages/picked.js");
  const find = (selector) => document.querySelector(selector);
  const wait = async () => {
    for (let turn = 0; turn < 5; turn += 1) await settle();
  };
  await wait();
  const shown = () => texts(document.querySelectorAll(".picked-row")).map((text) => text.trim());
  const press = async (form, submitter) => {
    fire(find(form), "submit", { submitter });
    await wait();
  };
  return { find, picks, asked, shown, press, wait, state };
}

test("what the tab has put together is asked for, and the address never holds it", async () => {
  const { shown, asked, picks, find } = await open({ own: [A, B] });
  assert.deepEqual(shown(), [A, B]);
  assert.deepEqual([asked[0].address.includes(A), window.location.hash], [false, ""]);
  assert.deepEqual([picks(), find("[data-picked-ids]").value], [[A, B], `${A},${B}`]);
  assert.equal(find("[data-picked-out] [data-needs-script]").hidden, false);
});

test("without anything nobody is asked", async () => {
  const { asked } = await open();
  assert.equal(asked.length, 0);
});

test("what is taken out is said and comes back by a press", async () => {
  const { find, shown, picks, press } = await open({ own: [A, B] });
  await press("[data-picked-form]", find(`[name=remove][value=${A}]`));
  assert.deepEqual([shown(), picks(), find("[data-picked-said]").textContent], [[B], [B], "Убрана"]);
  await press("[data-picked-form]", find("[name=back]"));
  assert.deepEqual(
    [shown(), picks()],
    [
      [A, B],
      [A, B],
    ],
  );
});

test("a link fills an empty tab", async () => {
  const { shown, picks, find } = await open({ hash: `#${B},${A}` });
  assert.deepEqual([shown(), picks(), find("[data-picked-visit]").hidden], [[B, A], [B, A], true]);
});

test("a link does not push away what the tab has: it is added, or left", async () => {
  const first = await open({ hash: `#${C}`, own: [A] });
  assert.deepEqual([first.shown(), first.picks(), first.find("[data-picked-visit]").hidden], [[C], [A], false]);
  first.find("[data-picked-join]").click();
  await first.wait();
  assert.deepEqual([first.shown(), first.picks(), window.location.hash], [[A, C], [A, C], ""]);
  const second = await open({ hash: `#${C}`, own: [A] });
  second.find("[data-picked-mine]").click();
  await second.wait();
  assert.deepEqual([second.shown(), second.picks(), second.find("[data-picked-visit]").hidden], [[A], [A], true]);
});

test("a link that is pasted is added", async () => {
  const { find, shown, press } = await open({ own: [A] });
  find("[name=add]").value = `https://map.test/ru/list/#${C}`;
  await press("[data-picked-paste]", null);
  assert.deepEqual([shown(), find("[name=add]").value], [[A, C], ""]);
});

test("a line that breaks is said, loses nothing and is tried again", async () => {
  const { find, shown, picks, press, state, wait } = await open({ own: [A, B] });
  state.isAway = true;
  await press("[data-picked-form]", find(`[name=remove][value=${A}]`));
  assert.deepEqual([find("[data-picked-failed]").hidden, shown(), picks()], [false, [A, B], [A, B]]);
  state.isAway = false;
  find("[data-picked-again]").click();
  await wait();
  assert.equal(find("[data-picked-failed]").hidden, true);
});
