// A morning of calls: each press is kept first and sent then, so that a lost connection loses nothing.
import { freshKey, Pending, post } from "#calls/pending.js";
import { h } from "#lib/dom.js";
import { makeTexts } from "#lib/text.js";

const RETRY_MS = 15_000;
const page = document.querySelector("[data-calls]");
const t = makeTexts(JSON.parse(document.getElementById("call-texts").textContent));
const token = page.querySelector("[name=csrfmiddlewaretoken]").value;
const note = document.querySelector("[data-calls-waiting]");
const following = document.querySelector("[data-next-call]");
const cards = new Map([...document.querySelectorAll("[data-card]")].map((card) => [card.dataset.card, card]));
const pending = new Pending({
  storage: storage(),
  who: page.dataset.who,
  send: (press) => post(press, token),
});

// A browser that keeps nothing sends what is pressed all the same.
function storage() {
  try {
    return window.localStorage;
  } catch {
    const kept = new Map();
    return {
      getItem: (name) => kept.get(name) ?? null,
      setItem: (name, value) => kept.set(name, value),
      removeItem: (name) => kept.delete(name),
    };
  }
}

const isOpen = (card) => !card.querySelector("[data-open]").hidden;
// Whoever has begun to write what has changed does not say that it is as it was.
const isBegun = (card) => [...card.querySelectorAll("[data-draft]")].some((field) => field.value.trim());

function fold(id, words, { waits = false, act = null } = {}) {
  const card = cards.get(id);
  if (!card) return;
  const said = card.querySelector("[data-said]");
  const button = act ? h("button", { class: "linkish", type: "button", onclick: act }, t("undo")) : null;
  said.replaceChildren(h("span", {}, waits ? t("kept", { words }) : words), ...(button ? [button] : []));
  said.classList.toggle("waits", waits);
  said.hidden = false;
  card.querySelector("[data-open]").hidden = true;
}

function unfold(id, words = "") {
  const card = cards.get(id);
  if (!card) return;
  const said = card.querySelector("[data-said]");
  said.textContent = words;
  said.hidden = !words;
  card.querySelector("[data-open]").hidden = false;
}

function count(state = "") {
  const number = pending.all.length;
  note.hidden = number === 0;
  const words = state === "signed_out" ? t("signed_out") : "";
  note.textContent = number ? [t("waiting", { n: number }), words].filter(Boolean).join(" ") : "";
}

async function takeBack(press, undo) {
  const answer = await post({ url: undo, key: freshKey(), fields: [] }, token);
  if (answer.state === "done") unfold(press.cards[0]);
  else fold(press.cards[0], answer.words || t("away"), { act: () => takeBack(press, undo) });
}

function told(press, answer) {
  count(answer.state);
  if (answer.state === "too_old") for (const id of press.cards) unfold(id, t("too_old"));
  if (answer.state === "refused") for (const id of press.cards) unfold(id, answer.words || t("refused"));
  if (answer.state !== "done") return;
  const act = answer.undo && press.cards.length === 1 ? () => takeBack(press, answer.undo) : null;
  for (const id of press.cards) fold(id, press.words, { act });
  if (press.moves && following && press.page === window.location.pathname) window.location.assign(following.href);
}

const flush = () => pending.flush(told).then(() => count());

function waitFor(press) {
  pending.add(press);
  const act = () => {
    pending.remove(press.key);
    for (const id of press.cards) unfold(id);
    count();
  };
  for (const id of press.cards) fold(id, press.words, { waits: true, act });
  count();
  flush();
}

function cardsOf(form) {
  const own = form.closest("[data-card]");
  if (own) return [own.dataset.card];
  if (form.dataset.press !== "rest") return [];
  return [...cards].filter(([, card]) => isOpen(card) && !isBegun(card)).map(([id]) => id);
}

function pressed(event) {
  const form = event.target;
  event.preventDefault();
  const ids = cardsOf(form);
  const isRest = form.dataset.press === "rest";
  if (isRest && !ids.length) return;
  const given = [...new FormData(form, event.submitter)];
  const left = given.filter(
    ([name]) => !["csrfmiddlewaretoken", "form_key", ...(isRest ? ["listing"] : [])].includes(name),
  );
  const fields = [...left, ...(isRest ? ids.map((id) => ["listing", id]) : [])];
  waitFor({
    key: freshKey(),
    url: form.getAttribute("action"),
    fields,
    cards: ids,
    words: form.dataset.words,
    moves: form.dataset.press === "outcome",
    page: window.location.pathname,
  });
  for (const field of form.querySelectorAll("[data-draft]")) {
    pending.keepDraft(ids[0], "");
    field.value = "";
  }
  const next = [...cards.values()].find(isOpen);
  (next?.querySelector("h2") ?? following)?.focus();
}

for (const form of document.querySelectorAll("[data-press]")) form.addEventListener("submit", pressed);
for (const [id, card] of cards) {
  const field = card.querySelector("[data-draft]");
  field.value ||= pending.draft(id);
  if (field.value) field.closest("details").open = true;
  field.addEventListener("input", () => pending.keepDraft(id, field.value));
}
for (const press of pending.all) {
  for (const id of press.cards) fold(id, press.words, { waits: true });
}
count();
flush();
window.addEventListener("online", flush);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && flush());
setInterval(() => pending.all.length && flush(), RETRY_MS);
