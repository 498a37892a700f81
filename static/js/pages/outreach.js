// The page that works without a connection: switched on, opened with a code, pressed, sent on return, wiped.

import { holds, LEAF, LEAF_LIFE, leafPage, mayHold } from "#lib/stored.js";
import { makeTexts } from "#lib/text.js";
import { Again } from "#outreach/again.js";
import { dayAndTime, makeCards, stayLine, toldLine } from "#outreach/cards.js";
import { Desk } from "#outreach/desk.js";
import { Another, SignedOut, Withdrawn } from "#outreach/home.js";
import { isLongEnough } from "#outreach/seal.js";

const AGAIN = 20_000;
const LEFT_ALONE = 2 * 60 * 1000; // a phone that is put down closes by itself

const config = JSON.parse(document.getElementById("outreach").textContent);
const t = makeTexts(config.texts, config.lang);
const part = (name) => document.querySelector(`[data-out-${name}]`);
const say = (text) => {
  part("said").textContent = text;
};
const desk = new Desk(config);
const card = makeCards({ t, reasons: config.reasons, act: { press, undo } });
const again = new Again(() => send());
let [isSending, isWanted, hiddenAt] = [false, false, 0];

function showOnly(name) {
  for (const one of ["on", "locked", "open"]) part(one).hidden = one !== name;
  for (const field of document.querySelectorAll("[name=pin]")) field.value = "";
}

function forget() {
  again.rest();
  desk.lock();
  for (const name of ["own", "near", "told"]) part(name).replaceChildren();
  part("words").value = "";
}

function empty(text) {
  forget();
  showOnly("on");
  say(text);
  part("said").focus();
}

const openRows = () => new Set([...document.querySelectorAll("[data-row][open]")].map((one) => one.dataset.row));

function draw(open = openRows()) {
  if (!desk.isOpen) return;
  const { rows, presses, told } = desk.box;
  const words = part("words").value.trim().toLowerCase();
  const cardOf = (row) =>
    card(
      row,
      presses.filter(({ listing }) => listing === row.id),
      open.has(row.id),
    );
  const isMeant = ({ title, where }) => `${title} ${where}`.toLowerCase().includes(words);
  part("own").replaceChildren(...rows.own.map(cardOf));
  part("near").replaceChildren(...rows.near.filter(isMeant).map(cardOf));
  part("near-part").hidden = rows.near.length === 0;
  part("left").textContent = stayLine(rows, t);
  part("left").hidden = part("left").textContent === "";
  part("told").replaceChildren(...told.map((one) => toldLine(one, t, (key) => desk.read(key).then(() => draw()))));
  part("told-part").hidden = told.length === 0;
}

async function state(words = "") {
  if (!desk.isOpen) return;
  const number = desk.box.presses.length;
  part("state").textContent = [number ? t("waiting", { n: number }) : t("sent"), words].filter(Boolean).join(" ");
  part("until").textContent = t("until", { time: dayAndTime((await desk.contact()) + LEAF_LIFE) });
}

async function press(what) {
  await desk.press(what);
  draw();
  await send();
  document.querySelector(`#o-${what.listing} summary`)?.focus();
}

async function undo(key) {
  await desk.undo(key);
  draw();
  await state();
}

// Says what became of it; nothing that waits is lost by an answer that does not come.
async function send() {
  isWanted ||= isSending;
  if (isSending || !desk.isOpen) return;
  isSending = true;
  part("login").hidden = true;
  try {
    await desk.sync();
    again.rest();
    if (desk.isOpen) draw();
    await state();
  } catch (error) {
    if (error instanceof Withdrawn) empty(t("withdrawn"));
    else if (!(await holds(LEAF))) empty(t("wiped"));
    else await state(wordsOf(error));
    if (desk.isOpen) again.later();
  } finally {
    isSending = false;
    if (isWanted) again.soon();
    isWanted = false;
  }
}

function wordsOf(error) {
  part("login").hidden = !(error instanceof SignedOut);
  if (error instanceof SignedOut) return t("signed_out");
  return t(error instanceof Another ? "another" : "offline");
}

async function begin(event) {
  event.preventDefault();
  const { pin, press: button } = part("on").elements;
  if (!isLongEnough(pin.value)) return say(t("short"));
  button.disabled = true;
  say(t("working"));
  try {
    await desk.begin(pin.value);
    await opened();
  } catch (error) {
    say(t(error instanceof SignedOut ? "signed_out_first" : "not_on"));
  }
  button.disabled = false;
}

async function unlock(event) {
  event.preventDefault();
  const { pin, press: button } = part("locked").elements;
  button.disabled = true;
  say(t("working"));
  const left = await desk.unlock(pin.value);
  button.disabled = false;
  if (left === true) return opened();
  if (left <= 0) return empty(t("spent"));
  say(t("wrong", { n: left }));
  pin.value = "";
  pin.focus();
}

async function opened() {
  say("");
  showOnly("open");
  const first = desk.box.rows.own.filter(({ is_due }) => is_due).slice(0, 3);
  draw(new Set(first.map(({ id }) => id)));
  part("open").focus();
  await state();
  await send();
}

function close() {
  if (!desk.isOpen) return;
  forget();
  showOnly("locked");
  say("");
}

const wipeAll = (words = "wiped") => desk.wipe().then(() => empty(t(words)));

// Somebody has come back to this tab, or time has gone: another one may have wiped what it shows.
async function tick() {
  if (document.visibilityState === "hidden") return;
  if (hiddenAt && Date.now() - hiddenAt > LEFT_ALONE) close();
  hiddenAt = 0;
  if (part("on").hidden && !(await holds(LEAF))) return empty(t("wiped"));
  if (await desk.isOver()) return wipeAll("expired");
  if (desk.isOpen && desk.box.presses.length && !again.isWaiting) await send();
}

async function start() {
  if (!mayHold()) {
    say(t("not_here"));
    part("on").elements.press.disabled = true;
    return showOnly("on");
  }
  part("on").addEventListener("submit", begin);
  part("locked").addEventListener("submit", unlock);
  part("send").addEventListener("click", send);
  part("lock").addEventListener("click", close);
  part("words").addEventListener("input", () => draw());
  for (const one of document.querySelectorAll("[data-out-wipe]")) one.addEventListener("click", () => wipeAll());
  if (!(await holds(LEAF))) return showOnly("on");
  if (await desk.isOver()) return wipeAll("expired");
  const there = await leafPage();
  if (there && new URL(there).pathname !== config.page) return window.location.replace(there);
  showOnly("locked");
  await desk.standing().catch(() => empty(t("withdrawn")));
}

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") hiddenAt = Date.now();
  else tick();
});
window.addEventListener("pagehide", close);
window.addEventListener("online", () => again.anew());
setInterval(tick, AGAIN);
start();
