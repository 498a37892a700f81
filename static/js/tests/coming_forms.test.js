import assert from "node:assert/strict";
import test from "node:test";

import { page } from "./support/page.js";

test("a city becomes a line, by its number where others have its name", async () => {
  page();
  const { lineOf, withLine } = await import("#forms/area.js");
  const rustavi = { id: "1", name: "Рустави" };
  assert.equal(lineOf(rustavi, [rustavi, { id: "2", name: "Руставо" }]), "Рустави");
  assert.equal(lineOf(rustavi, [rustavi, { id: "2", name: "Рустави" }]), "Рустави #1");
  assert.equal(withLine("Грузия\n\n", "Рустави"), "Грузия\nРустави");
  assert.equal(withLine("Грузия\nРустави", "Рустави"), "Грузия\nРустави");
});

test("the corners of a shape are written longitude first and closed, and read from what is whole", async () => {
  page();
  const { ringOf, ringsIn } = await import("#forms/drawing.js");
  const corners = [
    { lat: 41.6000004, lng: 44.7 },
    { lat: 41.8, lng: 44.9 },
    { lat: 41.6, lng: 44.9 },
  ];
  assert.deepEqual(ringOf(corners), [
    [44.7, 41.6],
    [44.9, 41.8],
    [44.9, 41.6],
    [44.7, 41.6],
  ]);
  assert.deepEqual(ringsIn("[[[1,2]]]"), [[[1, 2]]]);
  for (const broken of ["", "{", '"x"']) assert.deepEqual(ringsIn(broken), []);
});

test("a point of a row is a pair of degrees, and a new row has a number of its own", async () => {
  page();
  const { nextNumber, pointOf } = await import("#forms/stops.js");
  assert.deepEqual(pointOf("41.7, 44.8"), [41.7, 44.8]);
  for (const text of ["", "41.7", "91, 0", "a, b", "1, 2, 3"]) assert.equal(pointOf(text), null);
  assert.equal(nextNumber([{ id: "stop-0" }, { id: "stop-7" }]), 8);
  assert.equal(nextNumber([]), 0);
});

test("a holiday is a row of the stop in which somebody is, with the box ticked", async () => {
  page();
  const { rest } = await import("#forms/stops.js");
  const fields = (said) => {
    const made = Object.fromEntries(["id", "name", "english", "point", "rests"].map((name) => [name, { value: said }]));
    return { made, querySelector: (selector) => made[selector.slice("[data-stop-".length, -1)] };
  };
  const [row, station] = [fields("old"), fields("station")];
  rest(row, station);
  const { rests, ...others } = row.made;
  assert.ok(rests.checked);
  assert.deepEqual(new Set(Object.values(others).map(({ value }) => value)), new Set(["station"]));
  rest(row, undefined);
  assert.equal(row.made.point.value, "");
});
