import assert from "node:assert/strict";
import test from "node:test";

import {
  cleared,
  emptyState,
  filterQuery,
  formatFragment,
  hasValue,
  isFiltered,
  parseFragment,
  values,
  withoutParams,
  withValue,
} from "#map/state.js";

test("a full state survives the way through the address", () => {
  const state = {
    filters: { service: ["prep", "hiv_rapid_test"], country: ["GE"], city: ["ge:тбилиси"], open: ["now"] },
    sort: "near",
    view: { lat: 41.7, lon: 44.8, zoom: 6.5 },
    near: { lat: 41.69, lon: 44.83, name: "Тбилиси, старый город", mine: false },
    q: "",
  };
  assert.deepEqual(parseFragment(`#${formatFragment(state)}`), state);
});

test("the empty state is an empty fragment", () => {
  assert.equal(formatFragment(emptyState()), "");
  assert.deepEqual(parseFragment(""), emptyState());
});

test("search words and the visitor's own position never get into the address", () => {
  const state = { ...emptyState(), q: "тест на вич", near: { lat: 41.7, lon: 44.8, name: "", mine: true } };
  assert.equal(formatFragment(state), "");
});

test("nonsense is left out and the rest is kept", () => {
  const state = parseFragment("#service=prep,,<b>,prep&z=abc&c=500,1&sort=%3Cscript%3E&foo=1&country=GE&near=x");
  assert.deepEqual(state, { ...emptyState(), filters: { service: ["prep"], country: ["GE"] } });
});

test("broken escapes do not break the page", () => {
  assert.deepEqual(parseFragment("#service=%E0%A4%A"), emptyState());
});

test("a view needs both its parts, inside the globe", () => {
  assert.equal(parseFragment("#z=6").view, null);
  assert.equal(parseFragment("#z=6&c=44.8").view, null);
  assert.equal(parseFragment("#z=6&c=44.8,95").view, null);
  assert.equal(parseFragment("#z=&c=44.8,41.7").view, null);
  assert.deepEqual(parseFragment("#z=0&c=0,0").view, { zoom: 0, lat: 0, lon: 0 });
});

test("repeated parameters join", () => {
  assert.deepEqual(parseFragment("#country=GE&country=AM").filters, { country: ["GE", "AM"] });
});

test("values go on and off without touching the state before", () => {
  const before = withValue(emptyState(), "country", "GE", true);
  const after = withValue(before, "country", "GE", false);
  assert.equal(hasValue(before, "country", "GE"), true);
  assert.deepEqual(after, emptyState());
  assert.deepEqual(withValue(before, "country", "GE", true), before);
});

test("clearing keeps the place on the map", () => {
  const state = { ...withValue(emptyState(), "open", "now", true), view: { lat: 1, lon: 2, zoom: 3 }, q: "x" };
  assert.deepEqual(cleared(state), { ...emptyState(), view: state.view });
});

test("a panel is cleared with its own parameters only", () => {
  const state = parseFragment("#country=GE&open=now&near=44.8,41.7,Тбилиси");
  const after = withoutParams(state, ["country", "city", "near"]);
  assert.deepEqual(after, { ...emptyState(), filters: { open: ["now"] } });
});

test("what is set, in a steady order", () => {
  const state = parseFragment("#open=now&service=prep,pep");
  assert.deepEqual(values(state), [
    ["service", "prep"],
    ["service", "pep"],
    ["open", "now"],
  ]);
  assert.deepEqual(filterQuery(state), [
    ["service", "prep,pep"],
    ["open", "now"],
  ]);
  assert.equal(isFiltered(state), true);
  assert.equal(isFiltered(emptyState()), false);
});
