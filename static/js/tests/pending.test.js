import assert from "node:assert/strict";
import test from "node:test";

import { freshKey, GOOD_FOR_MS, Pending, post } from "#calls/pending.js";

function memory(kept = {}) {
  return {
    kept,
    getItem: (name) => kept[name] ?? null,
    setItem: (name, value) => {
      kept[name] = value;
    },
    removeItem: (name) => {
      delete kept[name];
    },
  };
}

const press = (key, more = {}) => ({ key, url: "/x/", fields: [["said", "right"]], cards: [key], ...more });

test("what is pressed without a connection waits in its order, over a reload, and is sent once", async () => {
  const storage = memory();
  const sent = [];
  let state = "away";
  const make = () =>
    new Pending({
      storage,
      who: "1",
      send: async (one) => {
        sent.push(one.key);
        return { state };
      },
    });
  const first = make();
  first.add(press("a"));
  first.add(press("b"));
  assert.equal(await first.flush(() => {}), false);
  assert.deepEqual(sent, ["a"], "the first that does not get through ends it");

  state = "done";
  const again = make();
  const told = [];
  assert.equal(await again.flush((one, answer) => told.push([one.key, answer.state])), true);
  assert.deepEqual(told, [
    ["a", "done"],
    ["b", "done"],
  ]);
  assert.deepEqual(storage.kept, {}, "nothing of it is left on the phone");
});

test("what the server refuses is told and does not hold up the rest; signed out, everything waits", async () => {
  const answers = { a: "refused", b: "signed_out", c: "done" };
  const pending = new Pending({ storage: memory(), who: "1", send: async (one) => ({ state: answers[one.key] }) });
  for (const key of "abc") pending.add(press(key));
  const told = [];
  await pending.flush((_one, answer) => told.push(answer.state));
  assert.deepEqual(told, ["refused", "signed_out"]);
  assert.deepEqual(
    pending.all.map((one) => one.key),
    ["b", "c"],
  );
});

test("a press is sent by whoever pressed it, and one of yesterday by nobody", async () => {
  const storage = memory();
  const sent = [];
  let now = 1_000;
  const of = (who) =>
    new Pending({
      storage,
      who,
      now: () => now,
      send: async (one) => {
        sent.push(one.key);
        return { state: "done" };
      },
    });
  of("1").add(press("mine"));
  await of("2").flush(() => {});
  assert.deepEqual([sent, of("1").all.length], [[], 1]);
  now += GOOD_FOR_MS + 1;
  const told = [];
  await of("1").flush((_one, answer) => told.push(answer.state));
  assert.deepEqual([sent, told, storage.kept], [[], ["too_old"], {}]);
});

test("two flushes at once send nothing twice, and a broken store begins anew", async () => {
  const storage = memory({ "calls:pending": "{" });
  const sent = [];
  const pending = new Pending({
    storage,
    who: "1",
    send: async (one) => {
      sent.push(one.key);
      return { state: "done" };
    },
  });
  assert.deepEqual(pending.all, []);
  pending.add(press("a"));
  await Promise.all([pending.flush(() => {}), pending.flush(() => {})]);
  assert.deepEqual(sent, ["a"]);
  pending.keepDraft("x", "до вос");
  assert.equal(pending.draft("x"), "до вос");
  pending.keepDraft("x", "");
  assert.deepEqual([pending.draft("x"), storage.kept], ["", {}]);
});

test("a press goes with its key; what the server says decides whether it waits", async () => {
  const asked = [];
  const answer = (status, told = {}, more = {}) => ({
    ok: status < 400,
    status,
    redirected: false,
    headers: new Headers({ "Content-Type": "application/json" }),
    json: async () => told,
    ...more,
  });
  const answers = [
    answer(200, { words: "Так и есть", undo: "/undo/" }),
    answer(422, { words: "Позже" }),
    answer(503),
    answer(403),
    answer(200, {}, { redirected: true }),
  ];
  globalThis.fetch = async (url, { body, headers }) => {
    asked.push([url, body.get("form_key"), body.get("csrfmiddlewaretoken"), body.get("said"), headers.Accept]);
    if (!answers.length) throw new TypeError("no network");
    return answers.shift();
  };
  const states = [];
  for (let count = 0; count < 6; count += 1) states.push((await post(press("k"), "token")).state);
  assert.deepEqual(states, ["done", "refused", "away", "signed_out", "signed_out", "away"]);
  assert.deepEqual(asked[0], ["/x/", "k", "token", "right", "application/json"]);
  assert.match(freshKey(), /^[0-9a-f]{32}$/);
  assert.notEqual(freshKey(), freshKey());
});

test("what is pressed while another press is on its way goes right after it", async () => {
  const sent = [];
  const pending = new Pending({
    storage: memory(),
    who: "1",
    send: async (one) => {
      sent.push(one.key);
      if (one.key === "a") {
        pending.add(press("b"));
        assert.equal(await pending.flush(() => {}), false);
      }
      return { state: "done" };
    },
  });
  pending.add(press("a"));
  assert.equal(await pending.flush(() => {}), true);
  assert.deepEqual(sent, ["a", "b"]);
});

test("half-written words are read by whoever wrote them, for a day, and go with the next opening", () => {
  const storage = memory();
  let now = 1_000;
  const of = (who) => new Pending({ storage, who, now: () => now, send: async () => ({ state: "away" }) });
  of("1").keepDraft("x", "до вос");
  assert.deepEqual([of("2").draft("x"), of("1").draft("x")], ["", "до вос"]);
  of("2").keepDraft("x", "");
  assert.equal(of("1").draft("x"), "до вос", "another one's sending takes nothing away");
  now += GOOD_FOR_MS + 1;
  of("2");
  assert.deepEqual(storage.kept, {});
});
