import assert from "node:assert/strict";
import test from "node:test";
import { isOver, LIFE } from "#lib/stored.js";
import { chosen, stateOf } from "#road/filters.js";
import { clockTime, opening } from "#road/hours.js";
import { current, lastDay, merged, pruned, wall } from "#road/life.js";

const DAY = 24 * 60 * 60 * 1000;
const at = (text) => new Date(text).getTime();
const NOON = at("2026-11-30T08:00:00Z"); // Monday, 12:00 in Tbilisi

const HOURS = {
  week: [[[540, 1080]], [[540, 1080]], [[540, 1080]], [[540, 1080]], [[1200, 1560]], [], []],
  specials: [{ first: "2026-12-02", last: "2026-12-02", spans: [] }],
  rests: true,
  is_silent: false,
  appointment: false,
};

function service(more = {}) {
  return {
    id: "s1",
    title: "Тест на ВИЧ",
    summary: "",
    needs: ["test"],
    no_documents: false,
    is_stopped: false,
    state: "",
    hours: null,
    contacts: [],
    notices: [],
    stays: [],
    due_on: "2026-12-05",
    hides_on: "2026-12-10",
    ...more,
  };
}

function place(id = "p1", services = [service()]) {
  return {
    id,
    title: "Берег",
    organization: "Берег и ветер",
    city: "Батуми",
    timezone: "Asia/Tbilisi",
    holidays: "GE",
    hours: HOURS,
    contacts: [],
    services,
  };
}

const pack = (places = [place()]) => ({ places, needs: [], holidays: { off: { GE: ["2026-12-01"] }, perhaps: {} } });

test("a copy lives fourteen days from the last word of home", () => {
  const meta = { contact: NOON, clock: NOON };
  assert.equal(isOver(meta, NOON + LIFE), false);
  assert.equal(isOver(meta, NOON + LIFE + 1), true);
  assert.equal(lastDay(meta).getTime(), NOON + 14 * DAY);
});

test("a clock that went back by more than a day ends it, an hour does not", () => {
  const meta = { contact: NOON, clock: NOON + 5 * DAY };
  assert.equal(isOver(meta, NOON + 5 * DAY - 60 * 60 * 1000), false);
  assert.equal(isOver(meta, NOON + 4 * DAY - 1), true);
  assert.equal(isOver({ contact: NOON, clock: 0 }, NOON - 2 * DAY), true);
});

test("the day of a row is that of its place", () => {
  assert.deepEqual(wall("Asia/Tbilisi", at("2026-12-09T20:30:00Z")), { date: "2026-12-10", minute: 30 });
  const before = current(pack().places, at("2026-12-09T19:59:00Z"));
  assert.equal(before[0].services[0].isLate, true);
  assert.deepEqual(current(pack().places, at("2026-12-09T20:00:00Z")), []);
});

test("what is over leaves the copy, the rest stays as it came", () => {
  const both = pack([place("p1", [service(), service({ id: "s2", hides_on: null })]), place("p2")]);
  const left = pruned(both, at("2026-12-11T00:00:00Z"));
  assert.deepEqual(
    left.places.map(({ id, services }) => [id, services.map((one) => one.id)]),
    [["p1", ["s2"]]],
  );
  assert.equal("isLate" in left.places[0].services[0], false);
});

test("a notice counts from its first day to its last", () => {
  const notices = [{ kind: "!", text: "", closes: false, starts_on: "2026-12-01", ends_on: "2026-12-02" }];
  const shown = (text) => current([place("p", [service({ notices })])], at(text))[0].services[0].notices.length;
  assert.deepEqual(
    ["2026-11-30", "2026-12-01", "2026-12-02", "2026-12-03"].map((day) => shown(`${day}T08:00:00Z`)),
    [0, 1, 1, 0],
  );
});

test("an answer of home changes, adds and takes away, or is the whole", () => {
  const held = { revision: "1-a", places: [place("a"), place("b"), place("c")] };
  const answer = {
    revision: "2-b",
    is_whole: false,
    gone: ["b"],
    changed: [{ ...place("c"), title: "новый" }, place("d")],
  };
  const now = merged(held, answer);
  assert.deepEqual(
    now.places.map(({ id, title }) => [id, title]),
    [
      ["a", "Берег"],
      ["c", "новый"],
      ["d", "Берег"],
    ],
  );
  assert.equal(now.revision, "2-b");
  assert.equal("gone" in now, false);
  assert.deepEqual(
    merged(held, { is_whole: true, gone: [], changed: [place("z")] }).places.map(({ id }) => id),
    ["z"],
  );
});

const stateAt = (text, hours = HOURS) => {
  const about = { zone: "Asia/Tbilisi", holidays: { off: ["2026-12-01"], perhaps: ["2026-12-03"] } };
  return opening(hours, about, at(`${text}+04:00`));
};

test("open by the clock on the wall, nights beyond midnight, days of rest and special days included", () => {
  assert.deepEqual(stateAt("2026-11-30T12:00"), { state: "open", isSure: true, until: 1080 });
  assert.equal(stateAt("2026-11-30T08:00").opens, 540);
  assert.equal(stateAt("2026-11-30T18:00").state, "closed");
  assert.equal(stateAt("2026-12-01T12:00").state, "closed", "a public holiday");
  assert.equal(stateAt("2026-12-02T12:00").state, "closed", "a special day");
  assert.equal(stateAt("2026-12-03T12:00").isSure, false, "perhaps a holiday");
  assert.deepEqual(stateAt("2026-12-05T01:00"), { state: "open", isSure: true, until: 120 }, "Friday's night");
  assert.equal(stateAt("2026-12-05T02:00").state, "closed");
  assert.equal(clockTime(1560), "02:00");
});

test("what is not known is neither open nor closed", () => {
  const none = { ...HOURS, week: null, specials: [], rests: false };
  assert.equal(stateAt("2026-11-30T12:00", none).state, "unknown");
  assert.equal(stateAt("2026-11-30T12:00", { ...none, appointment: true }).state, "appointment");
  const always = { ...HOURS, week: Array(7).fill([[0, 1440]]), rests: false, specials: [] };
  assert.equal(stateAt("2026-11-30T12:00", always).state, "always");
});

test("what stops a service stands above its hours", () => {
  const closes = [{ kind: "", text: "", closes: true, starts_on: "2026-11-01", ends_on: null }];
  assert.equal(stateOf(pack(), place(), service(), NOON).state, "open");
  assert.equal(stateOf(pack(), place(), service({ is_stopped: true }), NOON).state, "closed");
  assert.equal(stateOf(pack(), place(), service({ notices: closes }), NOON).state, "closed");
});

test("conditions choose services, a place without any is not shown", () => {
  const places = [
    place("p1", [service(), service({ id: "s2", title: "Ёлка", needs: [], no_documents: true })]),
    { ...place("p2"), city: "Тбилиси" },
  ];
  const found = (wanted, now = NOON) =>
    chosen(pack(places), places, wanted, now).map(({ id, services }) => [id, services.map((one) => one.id)]);
  assert.deepEqual(found({}), [
    ["p1", ["s1", "s2"]],
    ["p2", ["s1"]],
  ]);
  assert.deepEqual(found({ need: "test", city: "Батуми" }), [["p1", ["s1"]]]);
  assert.deepEqual(found({ papers: true }), [["p1", ["s2"]]]);
  assert.deepEqual(found({ words: "елка батуми" }), [["p1", ["s2"]]]);
  assert.deepEqual(found({ open: true }, NOON + DAY), []);
});
