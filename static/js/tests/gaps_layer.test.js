import assert from "node:assert/strict";
import test from "node:test";

import { leafletMap, sized } from "./support/map.js";
import { network, ok, refused } from "./support/net.js";
import { fire, key, none, page, same, settle } from "./support/page.js";

const state = (code, sign) => ({ code, sign, word: code, means: `${code} means` });
const TOLD = {
  states: [state("yes", "✓"), state("none", "○"), state("unknown", "?")],
  countries: [
    { code: "GE", name: "Georgia", at: [42.2, 43.5] },
    { code: "AM", name: "Armenia", at: [40.4, 45] },
    { code: "XX", name: "Nowhere", at: null },
  ],
  sections: [
    { name: "Health", kinds: [{ code: "test", name: "Test", cells: { GE: "yes", AM: "unknown", XX: "none" } }] },
    { name: "Law", kinds: [{ code: "law", name: "Lawyer", cells: { GE: "none" } }] },
  ],
  cell: "/cell/?kind=KIND&country=COUNTRY",
};
const PAGE = `
  <div id="root"><div id="map"></div>
    <button data-gaps-toggle="/layer.json" aria-expanded="false"></button>
    <section data-gaps-layer tabindex="-1" hidden>
      <select data-gaps-kind></select><button data-gaps-close></button>
      <p data-gaps-error hidden></p>
      <div data-gaps-body hidden><ul data-gaps-states></ul><dl data-gaps-list></dl></div>
    </section>
  </div>`;

async function open({ service = [], answer = () => ok(TOLD), isNarrow = false, html = PAGE } = {}) {
  const root = page(html).querySelector("#root");
  const asked = network(answer);
  const moved = [];
  const map = await leafletMap(sized(root.querySelector("#map")), { zoom: 7 });
  const sheet = { isNarrow, moveTo: (stop) => moved.push(stop) };
  const { installGaps } = await import("#map/gaps.js");
  installGaps(root, { view: { map }, sheet, state: { filters: { service } } });
  const find = (selector) => root.querySelector(selector);
  find("[data-gaps-toggle]")?.click();
  await settle();
  await settle();
  const signs = () => [...root.querySelectorAll(".gap-spot a")].map((one) => [one.title, one.getAttribute("href")]);
  return { find, asked, moved, signs };
}

test("each country that the answer knows has its sign, with a word, and leads to its cell", async () => {
  const { find, signs } = await open();
  assert.deepEqual(signs(), [
    ["Georgia: yes", "/cell/?kind=test&country=GE"],
    ["Armenia: unknown", "/cell/?kind=test&country=AM"],
  ]);
  assert.equal(find(".gap-spot a").textContent, "✓Georgia: yes");
  assert.equal(find("[data-gaps-toggle]").getAttribute("aria-expanded"), "true");
  assert.deepEqual(
    [...find("[data-gaps-states]").children].map((one) => one.textContent),
    ["✓yes1", "○none1", "?unknown1"],
  );
  assert.match(
    find("[data-gaps-list]").textContent,
    /none means.*Nowhere/,
    "it has no point, and is told all the same",
  );
});

test("a country of which nothing is said has no sign: never “none”", async () => {
  const { find, signs } = await open();
  find("[data-gaps-kind]").value = "law";
  fire(find("[data-gaps-kind]"), "change");
  assert.deepEqual(signs(), [["Georgia: none", "/cell/?kind=law&country=GE"]]);
});

test("it begins with what somebody looks for, and is asked once", async () => {
  const { find, asked, signs } = await open({ service: ["other", "law"] });
  assert.equal(find("[data-gaps-kind]").value, "law");
  key(find("[data-gaps-layer]"), "Escape");
  assert.equal(find("[data-gaps-layer]").hidden, true);
  same(document.activeElement, find("[data-gaps-toggle]"));
  assert.deepEqual(signs(), []);
  find("[data-gaps-toggle]").click();
  await settle();
  assert.deepEqual([signs().length, asked.length], [1, 1]);
  find("[data-gaps-close]").click();
  assert.equal(find("[data-gaps-toggle]").getAttribute("aria-expanded"), "false");
});

test("Escape closes it from anywhere on the map's page, alone, and counts for no leaving", async () => {
  const { find } = await open();
  const left = [];
  const heard = (event) => left.push(event.defaultPrevented);
  document.addEventListener("keydown", heard);
  for (const where of ["#map", "[data-gaps-kind]"]) {
    assert.equal(key(find(where), "Escape").defaultPrevented, true);
    assert.equal(find("[data-gaps-layer]").hidden, true);
    find("[data-gaps-toggle]").click();
  }
  find("[data-gaps-close]").click();
  assert.equal(key(find("#map"), "Escape").defaultPrevented, false, "with the layer closed it is left to others");
  document.removeEventListener("keydown", heard);
  assert.deepEqual(left, [false], "others hear only what closed nothing");
});

test("what does not come is told, and asked for again with the next press", async () => {
  let n = 0;
  const answer = () => {
    n += 1;
    return n === 1 ? refused(500) : ok(TOLD);
  };
  const { find, signs } = await open({ answer });
  assert.deepEqual([find("[data-gaps-error]").hidden, find("[data-gaps-body]").hidden], [false, true]);
  find("[data-gaps-close]").click();
  find("[data-gaps-toggle]").click();
  await settle();
  await settle();
  assert.deepEqual([find("[data-gaps-error]").hidden, signs().length], [true, 2]);
});

test("a phone's list makes room", async () => {
  const { moved } = await open({ isNarrow: true });
  assert.deepEqual(moved, ["peek"]);
});

test("without the button there is nothing", async () => {
  const { asked, find } = await open({ html: '<div id="root"><div id="map"></div></div>' });
  assert.equal(asked.length, 0);
  none(find(".gap-spot"));
});

test("signs do not lie on each other, and words are where there is room", async () => {
  page();
  const { placements } = await import("#map/gaps.js");
  const close = [
    { x: 0, y: 0 },
    { x: 12, y: 10 },
    { x: 20, y: -5 },
    { x: 400, y: 0 },
  ];
  const found = placements(close).map(({ dx, dy, isWide }, i) => ({ x: close[i].x + dx, y: close[i].y + dy, isWide }));
  for (const [i, a] of found.entries())
    for (const b of found.slice(i + 1)) assert.ok(Math.abs(a.x - b.x) >= 34 || Math.abs(a.y - b.y) >= 34);
  assert.equal(found[3].isWide, true);
  assert.ok(placements(close, true).every(({ isWide }) => !isWide));
});
