import assert from "node:assert/strict";
import test from "node:test";

import { none, settle, texts } from "./support/page.js";
import { A, answered, open } from "./support/popup.js";
import { point, service } from "./support/samples.js";

test("what was asked for comes first, and of the others there are two", async () => {
  const services = ["a", "b", "c", "d", "e"].map((id) => service(`Услуга ${id}`, { id }));
  const popup = open([point("p", 44, 41, { matched: ["d", "b"] })]);
  await answered(popup, { listings: services });
  const [first, also] = popup.content.querySelectorAll(".popup-services");
  assert.deepEqual(texts(first.querySelectorAll("a")), ["Услуга b", "Услуга d"]);
  assert.equal(popup.find(".popup-also").textContent, "also_there");
  assert.deepEqual(texts(also.querySelectorAll("a")), ["Услуга a", "Услуга c"]);
  assert.equal(also.lastChild.textContent, "+1");
  const other = open([point("p", 44, 41, { matched: ["gone"] })]);
  await answered(other, { listings: services });
  assert.equal(other.content.querySelectorAll(".popup-services").length, 1);
});

test("the way there: other maps as plain links, the address and the coordinates to copy", async () => {
  const popup = open([A]);
  const ways = [{ name: "Карта", url: "https://map.example/?q=41,44" }];
  await answered(popup, { ways, coordinates: "41.70000, 44.80000" });
  const link = popup.find(".way-links a");
  assert.deepEqual(
    ["href", "target", "rel"].map((name) => link.getAttribute(name)),
    ["https://map.example/?q=41,44", "_blank", "noopener noreferrer"],
  );
  const copied = [];
  const clipboard = { writeText: async (text) => copied.push(text) };
  Object.defineProperty(window.navigator, "clipboard", { value: clipboard, configurable: true });
  for (const button of popup.content.querySelectorAll(".popup-copies button")) button.click();
  await settle();
  assert.deepEqual(copied, ["Горная, 5, Тбилиси", "41.70000, 44.80000"]);
  assert.deepEqual(texts(popup.content.querySelectorAll(".popup-copies button")), ["copied", "copied"]);
});

test("a place whose door is not public offers no way there", async () => {
  const popup = open([A]);
  await answered(popup, { ways: [], coordinates: "" });
  none(popup.find(".popup-ways"));
});
