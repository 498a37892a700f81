import assert from "node:assert/strict";
import test from "node:test";

import { fire, load, page, same, tick, type } from "./support/page.js";

const clock = (name = "") => `<input class="clock" type="text" ${name}>`;
const period = (at) => `<span data-period${at ? " data-spare" : ""}>${clock()}${clock()}</span>`;
const day = (number) => `
  <div data-day="${number}">${[0, 1, 2].map(period).join("")}
    <button type="button" data-add-break></button><button type="button" data-copy-day></button>
    <button type="button" data-clear-day></button><svg data-strip><rect class="strip-day"/></svg></div>`;
const special = (number, isBlank) => `
  <div id="special-${number}" data-special${isBlank ? " data-blank" : ""}><input name="special-${number}-date">
    <button type="button" data-clear-special data-needs-script hidden></button></div>`;
const fills = ["opens", "closes", "break_from", "break_to"].map((name) => `<input name="fill-${name}">`).join("");
const HOURS = `
  <form><fieldset data-hours>
    <input type="radio" name="hours-kind" value="schedule" checked><input type="radio" name="hours-kind" value="always">
    <div data-schedule>
      ${[0, 1, 6].map((at) => `<input type="checkbox" name="fill-days" value="${at}">`).join("")}${fills}
      <button data-fill></button>${[0, 1, 2, 3, 4, 5, 6].map(day).join("")}
    </div>
    <input type="hidden" name="hours-specials" value="1">
    <div data-special-rows>${special(0, true)}</div><template data-special-template>${special("__n__", true)}</template>
    <button type="button" data-add-special></button>
  </fieldset></form>`;

async function open() {
  const document = page(HOURS);
  await load("#pages/hours.js");
  const find = (selector) => document.querySelector(selector);
  const of = (at) => find(`[data-day="${at}"]`);
  const inputs = (at) => [...of(at).querySelectorAll("input")];
  const times = (at) =>
    inputs(at)
      .map((input) => input.value)
      .join(" ")
      .trim();
  const set = (at, ...values) => values.map((value, place) => type(inputs(at)[place], value));
  const press = (at, name) => of(at).querySelector(`[data-${name}]`).click();
  const spare = (at) => [...of(at).querySelectorAll("[data-period]")].map((one) => one.hasAttribute("data-spare"));
  return { document, find, of, inputs, times, set, press, spare };
}

const shown = (element) => !element.hidden;
const bars = (element) =>
  [...element.querySelectorAll(".strip-open")].map((bar) => [bar.getAttribute("x"), bar.getAttribute("width")]);

test("a day shows its hours as a bar while they are typed; without times it is closed", async () => {
  const { of, set } = await open();
  assert.deepEqual([of(0).classList.contains("is-closed"), bars(of(0))], [true, []]);
  set(0, "09:00", "18:00");
  assert.deepEqual([of(0).classList.contains("is-closed"), bars(of(0))], [false, [["540", "540"]]]);
  set(0, "10:00");
  assert.deepEqual(bars(of(0)), [["600", "480"]]);
  assert.ok(of(0).querySelector(".strip-day"));
});

test("a day offers what fits it: a break while there is room for one, copying and closing for an open day", async () => {
  const { of, set } = await open();
  const offers = () =>
    ["add-break", "copy-day", "clear-day"].map((name) => shown(of(0).querySelector(`[data-${name}]`)));
  assert.deepEqual(offers(), [false, false, false]);
  set(0, "09:00", "18:00");
  assert.deepEqual(offers(), [true, true, true]);
  set(0, "09:00", "13:00", "14:00", "18:00");
  assert.deepEqual(offers(), [true, true, true]);
  set(0, "09:00", "13:00", "14:00", "18:00", "19:00", "20:00");
  assert.deepEqual(offers(), [false, true, true]);
});

test("a second break opens the third span and leaves the others", async () => {
  const { document, inputs, times, set, press, spare } = await open();
  set(0, "09:00", "13:00", "14:00", "18:00");
  press(0, "add-break");
  assert.equal(times(0), "09:00 13:00 14:00 18:00");
  assert.deepEqual(spare(0), [false, false, false]);
  same(document.activeElement, inputs(0)[4]);
});

test("times are tidied when the field is left, other fields are not", async () => {
  const { inputs, find } = await open();
  inputs(0)[0].value = "930";
  fire(inputs(0)[0], "change");
  assert.equal(inputs(0)[0].value, "09:30");
  find("[name=special-0-date]").value = "930";
  fire(find("[name=special-0-date]"), "change");
  assert.equal(find("[name=special-0-date]").value, "930");
});

test("one press makes a break for lunch, with the caret where it may be changed", async () => {
  const { document, inputs, times, set, press, spare } = await open();
  set(0, "09:00", "18:00");
  press(0, "add-break");
  assert.equal(times(0), "09:00 13:00 14:00 18:00");
  assert.deepEqual(spare(0), [false, false, true]);
  same(document.activeElement, inputs(0)[2]);
});

test("where lunch lies outside, a second span is offered empty", async () => {
  const { document, inputs, times, set, press, spare } = await open();
  set(0, "17:00", "21:00");
  press(0, "add-break");
  assert.equal(times(0), "17:00 21:00");
  assert.deepEqual(spare(0), [false, false, true]);
  same(document.activeElement, inputs(0)[2]);
});

test("a day is copied to all weekdays and never to the weekend", async () => {
  const { times, set, press } = await open();
  set(6, "10:00", "15:00");
  set(1, "09:00", "13:00", "14:00", "18:00");
  press(1, "copy-day");
  assert.deepEqual([0, 2, 3, 4].map(times), Array(4).fill("09:00 13:00 14:00 18:00"));
  assert.deepEqual([5, 6].map(times), ["", "10:00 15:00"]);
});

test("closing a day empties it", async () => {
  const { of, times, set, press, spare } = await open();
  set(0, "09:00", "13:00", "14:00", "18:00");
  press(0, "clear-day");
  assert.equal(times(0), "");
  assert.deepEqual(spare(0), [false, true, true]);
  assert.equal(of(0).classList.contains("is-closed"), true);
});

test("several days are filled at once, with a break, and others stay", async () => {
  const { find, times } = await open();
  for (const [name, value] of [
    ["opens", "9"],
    ["closes", "18"],
    ["break_from", "13"],
    ["break_to", "1330"],
  ]) {
    find(`[name=fill-${name}]`).value = value;
  }
  for (const value of [0, 6]) tick(find(`[name=fill-days][value="${value}"]`));
  assert.equal(fire(find("[data-fill]"), "click").defaultPrevented, true);
  assert.deepEqual([0, 1, 6].map(times), ["09:00 13:00 13:30 18:00", "", "09:00 13:00 13:30 18:00"]);
});

test("filling without times fills nothing and goes to the field", async () => {
  const { document, find, times, set } = await open();
  set(0, "09:00", "18:00");
  tick(find('[name=fill-days][value="0"]'));
  find("[name=fill-opens]").value = "10";
  fire(find("[data-fill]"), "click");
  assert.equal(times(0), "09:00 18:00");
  assert.equal(document.activeElement.name, "fill-opens");
});

test("who is always open has no week", async () => {
  const { find } = await open();
  const isOff = () => find("[data-schedule]").classList.contains("is-off");
  assert.equal(isOff(), false);
  tick(find("[value=always]"));
  assert.equal(isOff(), true);
  tick(find("[value=schedule]"));
  assert.equal(isOff(), false);
});

test("a special date takes the blank row first, then rows of their own", async () => {
  const { document, find } = await open();
  const add = () => find("[data-add-special]").click();
  add();
  assert.equal(find("#special-0").hasAttribute("data-blank"), false);
  assert.deepEqual([find("[name=hours-specials]").value, document.activeElement.name], ["1", "special-0-date"]);
  add();
  assert.deepEqual([find("[name=hours-specials]").value, document.activeElement.name], ["2", "special-1-date"]);
  assert.equal(find("#special-1 button").hidden, false);
});

test("a special date that is taken away keeps its row for the next", async () => {
  const { document, find } = await open();
  find("[data-add-special]").click();
  find("[name=special-0-date]").value = "2026-05-09";
  find("[data-special-rows]").click();
  assert.equal(find("[name=special-0-date]").value, "2026-05-09");
  find("[data-clear-special]").click();
  assert.deepEqual([find("[name=special-0-date]").value, find("#special-0").hasAttribute("data-blank")], ["", true]);
  same(document.activeElement, find("[data-add-special]"));
  find("[data-add-special]").click();
  assert.equal(find("[name=hours-specials]").value, "1");
});
