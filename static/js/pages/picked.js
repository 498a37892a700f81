// The page of a selection: the ids of a link or of this tab are sent, and the server answers with rows. Each press on the
// page is a button of its form; the script only sends it and keeps the ids that come back.

import { keepPicks, picks, readIds } from "#lib/picks.js";

const form = document.querySelector("[data-picked-form]");
const find = (name) => document.querySelector(`[data-picked-${name}]`);
const rows = document.querySelector("[data-picked]");
const visit = find("visit");
const said = find("said");
let ids = [];
let asking = null;

function reveal() {
  for (const element of document.querySelectorAll("[data-picked-out] [data-needs-script]")) element.hidden = false;
}

// A button that a keyboard has pressed is there again, or one that stands near.
function focusAgain(name, value) {
  const buttons = [...rows.querySelectorAll("button")];
  const same = buttons.find((one) => one.name === name && one.value === value);
  const near = buttons.find((one) => one.value === value && !one.hidden) ?? buttons[0];
  (same ?? near)?.focus();
}

function take(page) {
  for (const name of ["[data-picked]", "[data-picked-out]"])
    document.querySelector(name).replaceChildren(...page.querySelector(name).childNodes);
  ids = readIds(rows.querySelector("[name=ids]").value);
  find("ids").value = ids.join(",");
  said.textContent = rows.querySelector("[data-picked-words] > span")?.textContent.trim() ?? "";
  visit.hidden = !isVisit();
  rows.classList.toggle("is-visit", isVisit());
  reveal();
}

async function ask(given) {
  asking?.abort();
  asking = new AbortController();
  find("failed").hidden = true;
  try {
    const body = new URLSearchParams(given);
    const answer = await fetch(form.action, { method: "POST", body, signal: asking.signal });
    if (!answer.ok) throw new Error(answer.status);
    take(new DOMParser().parseFromString(await answer.text(), "text/html"));
    return true;
  } catch (error) {
    if (error.name !== "AbortError") find("failed").hidden = false;
    return false;
  }
}

function question(wanted) {
  const given = new FormData(form);
  given.set("ids", wanted.join(","));
  return given;
}

const linked = () => readIds(window.location.hash);
const isVisit = () => linked().length > 0 && picks().length > 0 && linked().join() !== picks().join();

// What was opened by a link is this tab's own from now on: the address holds nothing of it any more.
function settle() {
  keepPicks(ids);
  if (window.location.hash) window.history.replaceState(window.history.state, "", window.location.pathname);
}

async function begin() {
  const wanted = linked().length ? linked() : picks();
  if (!wanted.length) return take(document.cloneNode(true));
  if ((await ask(question(wanted))) && !isVisit()) keepPicks(ids);
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const { name, value } = event.submitter;
  const given = new FormData(form);
  given.append(name, value);
  if (!(await ask(given))) return;
  settle();
  focusAgain(name, value);
});
find("paste").addEventListener("submit", async (event) => {
  event.preventDefault();
  if (!(await ask(new FormData(event.target)))) return;
  event.target.reset();
  settle();
});
find("join").addEventListener("click", async () => {
  if (!(await ask(question([...picks(), ...linked()])))) return;
  settle();
  take(document.cloneNode(true));
});
find("mine").addEventListener("click", () => {
  window.history.replaceState(window.history.state, "", window.location.pathname);
  begin();
});
find("again").addEventListener("click", begin);
window.addEventListener("hashchange", begin);
begin();
