import assert from "node:assert/strict";
import test from "node:test";

import { page } from "./support/page.js";

const PAGE = `
  <div id="root">
    <div data-land="KZ"><div data-land-chosen></div></div>
    <div data-land="GE" data-loud><div data-land-chosen></div></div>
    <div data-land="AM" data-loud>
      <div class="note banner danger" data-kinds="ost harm_reduction"></div>
      <div data-land-chosen><div class="note banner warn" data-kinds="art hiv_treatment"></div></div>
    </div>
    <p data-corridor="/ru/countries/here/there/"><a href="#"></a></p>
  </div>`;

async function shown(chosen, services) {
  const root = page(PAGE).querySelector("#root");
  const { showLands } = await import("#map/lands.js");
  showLands(root, chosen, services);
  const lands = [...root.querySelectorAll("[data-land]")].filter((land) => !land.hidden);
  const corridor = root.querySelector("[data-corridor]");
  const banners = [...root.querySelectorAll("[data-kinds]")].filter((banner) => !banner.hidden);
  return {
    kinds: banners.map((banner) => banner.dataset.kinds),
    lands: lands.map((land) => [land.dataset.land, !land.querySelector("[data-land-chosen]").hidden]),
    corridor: corridor.hidden ? "" : corridor.querySelector("a").getAttribute("href"),
  };
}

test("without a chosen country only dangers are told", async () => {
  const { lands, corridor } = await shown();
  assert.deepEqual(lands, [
    ["GE", false],
    ["AM", false],
  ]);
  assert.equal(corridor, "");
});

test("a chosen country tells all, and the dangers of others are quiet", async () => {
  const { lands, corridor } = await shown(["KZ"]);
  assert.deepEqual(lands, [["KZ", true]]);
  assert.equal(corridor, "");
});

test("two countries lead to their comparison, in the order in which they were chosen", async () => {
  const { corridor } = await shown(["KZ", "GE"]);
  assert.equal(corridor, "/ru/countries/kz/ge/");
});

test("what is about a kind of service is told to whoever looks for it, or for nothing in particular", async () => {
  assert.deepEqual((await shown([], [])).kinds, ["ost harm_reduction", "art hiv_treatment"]);
  const looking = await shown([], ["hiv_treatment"]);
  assert.deepEqual(looking.kinds, ["art hiv_treatment"]);
  assert.deepEqual(looking.lands, [["GE", false]], "its danger is for others");
  assert.deepEqual((await shown(["AM"], ["ost", "shelter"])).kinds, ["ost harm_reduction"]);
});
