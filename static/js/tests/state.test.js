import assert from "node:assert/strict";
import test from "node:test";

import {
  cleared,
  emptyState,
  filterQuery,
  formatFragment,
  hasValue,
  isFiltered,
  isLost,
  isQuestion,
  parseFragment,
  values,
  withoutParams,
  withUnread,
  withValue,
} from "#map/state.js";

test("a full state survives the way through the address", () => {
  const state = {
    filters: { service: ["prep", "hiv_rapid_test"], country: ["GE"], city: ["ge7qk2"], open: ["now"] },
    sort: "distance",
    view: { lat: 41.7, lon: 44.8, zoom: 6.5 },
    near: { lat: 41.69, lon: 44.83, name: "Тбилиси, старый город", mine: false },
    place: "abcdefghjk",
    q: "",
    unread: [],
    off: [],
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

test("nonsense is left out and named, and the rest is kept", () => {
  const state = parseFragment("#service=prep,,<b>,prep&z=abc&c=500,1&sort=%3Cscript%3E&foo=1&country=GE&near=x");
  const unread = [
    ["service", "<b>"],
    ["z", "abc"],
    ["c", "500,1"],
    ["sort", "<script>"],
    ["foo", "1"],
    ["near", "x"],
  ];
  assert.deepEqual(state, { ...emptyState(), filters: { service: ["prep"], country: ["GE"] }, unread });
  assert.equal(isLost(state), false);
});

test("broken escapes do not break the page", () => {
  const state = parseFragment("#service=%E0%A4%A");
  assert.deepEqual({ ...state, unread: [], off: [] }, emptyState());
  assert.equal(isLost(state), true);
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
    ["service", "pep,prep"],
    ["open", "now"],
  ]);
  assert.equal(isFiltered(state), true);
  assert.equal(isFiltered(emptyState()), false);
});

test("a link of which nothing can be read is lost; one that only looks elsewhere is not", () => {
  for (const hash of ["#service=<b>", "#sevice=prep", "#foo=1&z=4&c=44,41", "#near=Tbilisi", "#city=ge:/"]) {
    assert.equal(isLost(parseFragment(hash)), true, hash);
  }
  for (const hash of ["", "#z=abc&c=44,41", "#sort=size", "#foo=1&open=now", "#near=44,41,x&foo"]) {
    assert.equal(isLost(parseFragment(hash)), false, hash);
  }
  assert.equal(isLost({ ...parseFragment("#foo=1"), q: "вич" }), false);
});

test("an anchor of the page is no question", () => {
  assert.deepEqual(["#main", "", "#service=prep", "#x="].map(isQuestion), [false, false, true, true]);
});

test("what the server does not know leaves the filters and is kept to be told", () => {
  const state = parseFragment("#service=prep,nonsense&country=QQ");
  const after = withUnread(state, [
    { param: "service", value: "nonsense" },
    { param: "country", value: "QQ" },
    { param: "group", value: "x" },
  ]);
  assert.deepEqual(after.filters, { service: ["prep"] });
  assert.deepEqual(after.unread, [
    ["service", "nonsense"],
    ["country", "QQ"],
  ]);
  assert.equal(isLost(withUnread(parseFragment("#country=QQ"), [{ param: "country", value: "QQ" }])), true);
});

test("a map that was panned around the globe writes a link that opens, and old links of such a map open too", () => {
  for (const [lon, written] of [
    [187.5, -172.5],
    [-190, 170],
    [540, -180],
    [180, 180],
    [-180, -180],
  ]) {
    const view = { lat: 60, lon, zoom: 5 };
    assert.match(formatFragment({ ...emptyState(), view }), new RegExp(`c=${written},60$`));
    assert.equal(parseFragment(`#z=5&c=${lon},60`).view.lon, written);
  }
  assert.equal(parseFragment("#near=187.5,60,x").near.lon, -172.5);
  assert.equal(parseFragment("#z=5&c=99999,60").view, null);
});

test("an order by the distance from oneself does not outlive the position", () => {
  const near = { lat: 41.7, lon: 44.8, name: "", mine: true };
  assert.equal(formatFragment({ ...emptyState(), near, sort: "distance" }), "");
  assert.deepEqual(parseFragment("#sort=distance").unread, [["sort", "distance"]]);
});
