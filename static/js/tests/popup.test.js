import assert from "node:assert/strict";
import test from "node:test";

import { ApiError } from "#map/api.js";
import { none, settle, texts } from "./support/page.js";
import { A, answered, B, open } from "./support/popup.js";
import { HOSTILE, service } from "./support/samples.js";

test("what is known is said at once, the rest when it comes", async () => {
  const popup = open([A]);
  assert.equal(popup.find("h3").textContent, "Дом");
  assert.equal(popup.find(".popup-rest").textContent, "Здоровье");
  assert.ok(popup.find(".is-waiting"));
  assert.deepEqual(popup.places, ["a"]);
  let filled = 0;
  popup.content.addEventListener("filled", () => (filled += 1));
  await answered(popup);
  assert.equal(popup.find("h3").textContent, "Дом на горе");
  none(popup.find(".is-waiting"));
  const links = [...popup.content.querySelectorAll(".popup-services a")];
  assert.deepEqual(
    links.map((link) => [link.textContent, link.getAttribute("href")]),
    [
      ["Тест на ВИЧ", "/ru/p/p1/?service=Тест на ВИЧ"],
      ["Юрист", "/ru/p/p1/?service=Юрист"],
    ],
  );
  assert.deepEqual(texts(popup.content.querySelectorAll(".popup-facts")), [
    "русский · no_documents",
    "Закрыто · русский",
  ]);
  assert.equal(filled, 1);
});

test("a place: whose it is, where, whether it is open, how to go on", async () => {
  const popup = open([A]);
  await answered(popup, { district: "Сололаки" });
  const lines = texts(popup.content.querySelectorAll("p"));
  assert.deepEqual(lines.slice(0, 4), ["Белый журавль", "Тбилиси, Сололаки, Горная, 5", "Открыто", "Проверено"]);
  const link = popup.find(".popup-actions a");
  assert.equal(link.getAttribute("href"), "/ru/p/p1/");
  assert.equal(link.textContent, "more: Дом на горе");
  assert.equal(popup.find(".phone").getAttribute("href"), "tel:+995322");
});

test("a hidden address leaves no line, a place without a phone no button", async () => {
  const popup = open([A]);
  const contacts = [
    { channel: "phone", href: "" },
    { channel: "email", href: "mailto:a@b" },
  ];
  await answered(popup, { city: "", district: "", address: "", contacts });
  assert.equal(popup.content.querySelectorAll("p.small").length, 1);
  none(popup.find(".phone"));
});

test("five services are named, the others counted", async () => {
  const services = (n) => Array.from({ length: n }, (_one, at) => service(`Услуга ${at}`));
  const five = open([A]);
  await answered(five, { listings: services(5) });
  assert.equal(five.find(".popup-services").children.length, 5);
  const seven = open([A]);
  await answered(seven, { listings: services(7) });
  const last = texts(seven.find(".popup-services").children).slice(4);
  assert.ok(last[0].startsWith("Услуга 4") && last[1] === "+2" && last.length === 2);
});

test("nothing that came over the network becomes markup", async () => {
  const popup = open([A]);
  const contacts = [{ channel: "phone", href: "tel:1", display: HOSTILE }];
  const names = Object.fromEntries(["title", "city", "address"].map((name) => [name, HOSTILE]));
  await answered(popup, { ...names, contacts, organization: { name: HOSTILE }, listings: [service(HOSTILE)] });
  none(popup.find("img"));
  assert.equal(popup.find("h3").textContent, HOSTILE);
});

test("out of an embed the place opens in another tab", async () => {
  const popup = open([A], { isEmbed: true });
  await answered(popup);
  assert.equal(popup.find(".popup-actions a").getAttribute("rel"), "noopener");
});

test("what does not come is said, and the title stays", async () => {
  const popup = open([A]);
  popup.answers[0].reject(new ApiError("network"));
  await settle();
  assert.equal(popup.find(".popup-rest").textContent, "Здоровьеnothing_loaded");
  none(popup.find(".is-waiting"));
  assert.equal(popup.find("h3").textContent, "Дом");
});

test("an aborted answer changes nothing", async () => {
  const popup = open([A]);
  const before = popup.content.innerHTML;
  popup.answers[0].reject(new ApiError("aborted"));
  await settle();
  assert.equal(popup.content.innerHTML, before);
});

test("the cross closes", () => {
  const popup = open([A]);
  popup.find(".popup-close").click();
  assert.deepEqual(popup.closed, ["x"]);
});

test("several places on a spot are a choice: none is asked about before it is chosen", () => {
  const popup = open([A, B]);
  assert.equal(popup.find("h3").textContent, "several_places 2");
  assert.deepEqual(texts(popup.content.querySelectorAll(".strong")), ["Дом", HOSTILE]);
  none(popup.find("img"));
  assert.deepEqual([popup.answers.length, popup.places], [0, []]);
  const pins = [...popup.content.querySelectorAll(".pin")];
  assert.deepEqual(
    pins.map((pin) => pin.classList.contains("stale")),
    [false, true],
  );
});

test("from a chosen place there is a way back to the choice, by keyboard too", async () => {
  const popup = open([A, B]);
  const buttons = popup.content.querySelectorAll(".popup-choice");
  buttons[1].focus();
  buttons[1].click();
  assert.deepEqual([popup.places, popup.answers[0].id], [["b"], "b"]);
  await answered(popup, { title: "Дом Б" });
  popup.find(".back").focus();
  popup.find(".back").click();
  assert.equal(popup.find("h3").textContent, "several_places 2");
  assert.equal(popup.content.querySelectorAll(".popup-choice").length, 2);
});

test("a single place has no way back to a choice that never was", () => {
  none(open([A]).find(".back"));
});
