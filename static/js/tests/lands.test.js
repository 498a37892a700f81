import assert from "node:assert/strict";
import test from "node:test";

import { page } from "./support/page.js";

const PAGE = `
  <div id="root">
    <div data-land="KZ"><div data-land-chosen></div></div>
    <div data-land="GE" data-loud><div data-land-chosen></div></div>
    <p data-corridor="/ru/countries/here/there/"><a href="#"></a></p>
  </div>`;

async function shown(chosen) {
  const root = page(PAGE).querySelector("#root");
  const { showLands } = await import("#map/lands.js");
  showLands(root, chosen);
  const lands = [...root.querySelectorAll("[data-land]")].filter((land) => !land.hidden);
  const corridor = root.querySelector("[data-corridor]");
  return {
    lands: lands.map((land) => [land.dataset.land, !land.querySelector("[data-land-chosen]").hidden]),
    corridor: corridor.hidden ? "" : corridor.querySelector("a").getAttribute("href"),
  };
}

test("without a chosen country only dangers are told", async () => {
  assert.deepEqual(await shown(), { lands: [["GE", false]], corridor: "" });
});

test("a chosen country tells all, and the dangers of others are quiet", async () => {
  assert.deepEqual(await shown(["KZ"]), { lands: [["KZ", true]], corridor: "" });
});

test("two countries lead to their comparison, in the order in which they were chosen", async () => {
  const { corridor } = await shown(["KZ", "GE"]);
  assert.equal(corridor, "/ru/countries/kz/ge/");
});
