import assert from "node:assert/strict";
import test from "node:test";

import { Cards, formatKilometres, isStale, openState, seal } from "#map/card.js";
import { none, page, texts } from "./support/page.js";
import { HOSTILE, listing, t } from "./support/samples.js";

function card(more = {}, { isEmbed = false } = {}) {
  page();
  return new Cards({ t, language: "ru", isEmbed }).card(listing(more));
}

const iconOf = (element) => element.querySelector("use").getAttribute("href");

test("whatever an organisation writes stays text", () => {
  const fields = ["title", "organization", "city", "notice"].map((name) => [name, HOSTILE]);
  const drawn = card({
    ...Object.fromEntries(fields),
    types: [{ name: `${HOSTILE}!` }],
    languages: [HOSTILE],
    open: { state: "open", text: HOSTILE },
    checked: { text: HOSTILE },
  });
  none(drawn.querySelector("img"));
  assert.equal(drawn.querySelector("h3 a").textContent, HOSTILE);
  assert.equal(drawn.querySelector(".card-org").textContent, `${HOSTILE}, ${HOSTILE}`);
  assert.equal(drawn.querySelector(".card-notice").textContent, HOSTILE);
});

test("a card names its listing and place, and links to its page", () => {
  const drawn = card();
  assert.deepEqual({ ...drawn.dataset }, { listing: "l1", place: "p1" });
  const link = drawn.querySelector("h3 a");
  assert.equal(link.getAttribute("href"), "/ru/l/l1/");
  assert.equal(link.hasAttribute("target"), false);
});

test("a member sends somebody on from a card, nobody else has the way", () => {
  page();
  const drawn = new Cards({ t, language: "ru", refer: "/ru/workspace/referrals/new/" }).card(listing());
  assert.equal(drawn.querySelector(".card-do a").getAttribute("href"), "/ru/workspace/referrals/new/?listing=l1");
  none(card().querySelector(".card-do"));
});

test("out of an embed a listing opens in a tab that knows nothing of the embedding page", () => {
  const link = card({}, { isEmbed: true }).querySelector("h3 a");
  assert.deepEqual([link.getAttribute("target"), link.getAttribute("rel")], ["_blank", "noopener"]);
});

test("where help is: the city, else the country", () => {
  assert.equal(card().querySelector(".card-org").textContent, "Белый журавль, Тбилиси");
  assert.equal(card({ city: "" }).querySelector(".card-org").textContent, "Белый журавль, Грузия");
});

test("what has no point says how help comes, and offers no place on the map", () => {
  const drawn = card({ lat: null, lon: null, delivery_text: ["Онлайн", "По телефону"] });
  assert.equal(drawn.querySelector(".card-org").textContent, "Белый журавль, Тбилиси · онлайн, по телефону");
  none(drawn.querySelector("[data-show-on-map]"));
});

test("a star puts the listing into the selection, and there is none in an embed", () => {
  const star = card().querySelector(".pick");
  assert.deepEqual([star.dataset.star, star.getAttribute("aria-pressed")], ["l1", "false"]);
  assert.equal(star.textContent, "pick Тест на ВИЧ");
  none(card({}, { isEmbed: true }).querySelector(".pick"));
});

test("a place on the equator is a place", () => {
  const button = card({ lat: 0, lon: 32.5 }).querySelector("[data-show-on-map]");
  assert.deepEqual({ ...button.dataset }, { showOnMap: "p1", lat: "0", lon: "32.5" });
  assert.equal(button.textContent, "show_on_map Тест на ВИЧ");
});

test("three languages are named and the others counted", () => {
  const of = (languages) => card({ languages }).querySelector(".card-facts").lastElementChild.textContent;
  assert.equal(of(["a", "b", "c"]), "a, b, c");
  assert.equal(of(["a", "b", "c", "d"]), "a, b, c +1");
  assert.equal(of(["a", "b", "c", "d", "e"]), "a, b, c +2");
});

test("free places are said with the age of the news; what is not known is not said", () => {
  const line = card().querySelector(".capacity");
  assert.equal(line.className, "capacity free");
  assert.equal(line.textContent, "Есть места · вчера");
  assert.equal(iconOf(line), "#icon-circle-check");
  none(card({ capacity: null }).querySelector(".capacity"));
  none(card({ capacity: { level: "unknown", text: "?" } }).querySelector(".capacity"));
});

test("a resource centre says so before everything else", () => {
  const [first] = card({ place_kind: { code: "resource", text: "Ресурсный центр" } }).querySelectorAll(".tag");
  assert.deepEqual([first.className, first.textContent], ["tag accent", "Ресурсный центр"]);
});

test("tags: what is not working warns, what is free or anonymous is said, prices are not", () => {
  assert.deepEqual(texts(card().querySelectorAll(".tag")), ["Бесплатно"]);
  const more = {
    operation: { code: "paused", text: "Приостановлено" },
    cost: { code: "paid", text: "Платно" },
    documents_none: true,
    anonymous: true,
  };
  const tags = card(more).querySelectorAll(".tag");
  assert.deepEqual(texts(tags), ["Приостановлено", "no_documents", "anonymous"]);
  assert.equal(tags[0].className, "tag warn");
  assert.equal(tags[1].className, "tag");
});

test("kinds of help: the first three, and not the title said twice", () => {
  const types = ["Тест на сифилис", "Тест на ВИЧ", "Консультация", "Четвёртый"].map((name) => ({ name }));
  const tags = card({ cost: { code: "paid" }, types }).querySelectorAll(".tag.type");
  assert.deepEqual(texts(tags), ["Тест на сифилис", "Консультация"]);
});

test("a notice stands on the card only when there is one", () => {
  none(card().querySelector(".card-notice"));
  assert.equal(card({ notice: "Ремонт" }).querySelector(".card-notice").textContent, "Ремонт");
});

test("the distance is said where it is known, also when it is nothing", () => {
  none(card().querySelector(".tabular"));
  none(card({ distance_km: null }).querySelector(".tabular"));
  assert.equal(card({ distance_km: 0 }).querySelector(".tabular").textContent, "kilometres 0");
  assert.equal(card({ distance_km: 1.26 }).querySelector(".tabular").textContent, "kilometres 1,3");
});

test("kilometres: tenths when near, whole ones from ten on, as the language writes them", () => {
  assert.equal(formatKilometres(9.94, t), "9,9");
  assert.equal(formatKilometres(10.4, t), "10");
  assert.equal(formatKilometres(3, t), "3");
});

test("how fresh it is: a seal of its own for fresh and due, a question for all else", () => {
  page();
  const sealOf = (freshness) => seal({ freshness, checked: { text: "Проверено" } });
  assert.deepEqual(
    ["fresh", "due", "overdue", "never"].map((code) => iconOf(sealOf(code))),
    ["#icon-badge-check", "#icon-hourglass", "#icon-circle-question-mark", "#icon-circle-question-mark"],
  );
  assert.equal(sealOf("due").className, "seal due");
  assert.equal(sealOf("due").textContent, "Проверено");
  assert.equal(openState({ state: "closed", text: "Закрыто" }).className, "open-state closed");
});

test("pins grow pale when nobody confirmed for long", () => {
  const codes = ["fresh", "due", "overdue", "lapsed"];
  assert.deepEqual(
    codes.map((freshness) => isStale({ freshness })),
    [false, false, true, true],
  );
  const pin = card({ freshness: "overdue" }).querySelector(".pin");
  assert.equal(pin.classList.contains("stale"), true);
  assert.equal(pin.querySelector("use").getAttribute("href"), "#icon-family-health");
  none(card({ family: "" }).querySelector(".pin").firstElementChild);
});
