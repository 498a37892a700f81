// The page that can be taken along: it saves a country at one press, shows it without a network, and wipes it.

import { holds, isOver, mayHold, pagesThatHold, STORE, wipe, wipeOnly } from "#lib/stored.js";
import { makeTexts } from "#lib/text.js";
import { current, lastDay } from "#road/life.js";
import { makeList } from "#road/list.js";
import { makeMap } from "#road/map.js";
import * as saving from "#road/saving.js";
import { read } from "#road/store.js";

const AGAIN = 15 * 60 * 1000;
const MINUTE = 60 * 1000;

const config = JSON.parse(document.getElementById("road").textContent);
const t = makeTexts(config.texts, config.lang);
const part = (name) => document.querySelector(`[data-road-${name}]`);
const say = (name, text) => {
  part(name).textContent = text;
};
const now = () => Date.now();
const list = makeList(document, t, now);
let [held, map] = [null, null];

function showOnly(name) {
  for (const one of ["form", "kept"]) part(one).hidden = one !== name;
}

function dayText(date) {
  return config.months[date.getMonth()].replace("11", date.getDate());
}

function drawMap() {
  if (!held.meta.withMap) return;
  part("map").hidden = false;
  const url = config.map_url.replace("__", held.meta.country.toLowerCase());
  map ??= makeMap(part("map"), { ...config, ground: { ...config.ground, url } }, t, open);
  map.show(current(held.pack.places, now()));
}

function open(id) {
  const card = document.getElementById(`p-${id}`);
  card?.querySelector("details").setAttribute("open", "");
  card?.scrollIntoView({ block: "start" });
  card?.focus({ preventScroll: true });
}

function show(fresh) {
  held = fresh;
  showOnly("kept");
  say("name", held.pack.country_name);
  say("asked", t("asked_on", { day: dayText(new Date(held.meta.contact)) }));
  say("until", t("until", { day: dayText(lastDay(held.meta)) }));
  list.show(held.pack);
  drawMap();
}

function empty(text) {
  map?.remove();
  part("map").hidden = true;
  [held, map] = [null, null];
  part("list").replaceChildren();
  showOnly("form");
  say("said", text);
}

async function refresh() {
  if (!held || navigator.onLine === false) return;
  try {
    show(await saving.refresh(config, held, now()));
    await saving.renewPage(config, held.meta, now());
    const registration = await navigator.serviceWorker.getRegistration(config.page);
    await registration?.update();
  } catch (error) {
    if (error instanceof saving.Withdrawn) empty(t("withdrawn"));
    if (error instanceof saving.Wiped) empty(t("wiped"));
  }
}

async function save(event) {
  event.preventDefault();
  const { country, map: withMap, press } = part("form").elements;
  press.disabled = true;
  say("said", t("step_pages"));
  try {
    show(await saving.save(config, country.value, withMap.checked, now(), (step) => say("said", t(`step_${step}`))));
    say("said", "");
    part("kept").focus();
  } catch (error) {
    say("said", t(error instanceof saving.Withdrawn ? "nothing_to_save" : "not_saved"));
  }
  press.disabled = false;
}

async function wipeAll() {
  await wipe();
  empty(t("wiped"));
  part("said").focus();
}

// A minute has gone, or somebody has come back to this tab: another one may have wiped what it shows.
async function tick() {
  if (!held) return;
  if (!(await holds(STORE))) return empty(t("wiped"));
  if (isOver({ ...held.meta, clock: Math.max(held.meta.clock, now()) }, now())) return expire();
  list.draw();
  drawMap();
}

async function expire() {
  await wipeOnly(STORE);
  empty(t("expired"));
}

// A link from the page of a country names it behind “#”, which no browser sends.
function choose() {
  const chosen = location.hash.slice(1).toUpperCase();
  if (config.countries.includes(chosen)) part("form").elements.country.value = chosen;
}

// A copy in another language is a copy all the same.
async function offerOther() {
  showOnly("form");
  const [other] = await pagesThatHold();
  part("other").hidden = !other;
  if (other) part("other").querySelector("a").href = other;
}

async function begin() {
  if (!mayHold()) {
    say("said", t("not_here"));
    part("form").elements.press.disabled = true;
    return;
  }
  choose();
  if (navigator.connection?.saveData === true) part("form").elements.map.checked = false;
  part("form").addEventListener("submit", save);
  part("wipe").addEventListener("click", wipeAll);
  if (!(await holds(STORE))) return showOnly("form");
  const meta = await read("meta");
  if (meta && isOver(meta, now())) return expire();
  const found = await saving.open(now());
  if (!found) return offerOther();
  show(found);
  await refresh();
}

window.addEventListener("hashchange", choose);
window.addEventListener("online", refresh);
window.addEventListener("pageshow", tick);
document.addEventListener("visibilitychange", tick);
setInterval(refresh, AGAIN);
setInterval(tick, MINUTE);
begin();
