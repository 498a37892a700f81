import assert from "node:assert/strict";
import { test } from "node:test";
import { Seen } from "#lib/seen.js";

function pageOf(content, country = "") {
  return { content, dataset: { country, to: "/ru/seen/" } };
}

function seenOn(page, { browser = {}, from = "" } = {}) {
  const sent = [];
  const sendBeacon = (to, text) => sent.push([to, JSON.parse(text)]);
  return { seen: new Seen(page, { browser: { sendBeacon, ...browser }, from }), sent };
}

const question = (filters, q = "") => ({ filters, q });

test("a page tells once that it was opened, whichever script comes first", () => {
  const page = pageOf("place", "GE");
  const { seen, sent } = seenOn(page);
  seen.opened();
  new Seen(page, { browser: { sendBeacon: () => assert.fail("told twice") } }).opened();
  assert.deepEqual(sent, [["/ru/seen/", { what: "place", country: "GE", host: "" }]]);
});

test("only an embed tells the site around it, by its name alone", () => {
  const embed = seenOn(pageOf("embed"), { from: "https://partner.example.org/page?who=me" });
  embed.seen.opened();
  assert.equal(embed.sent[0][1].host, "partner.example.org");
  const map = seenOn(pageOf("map"), { from: "https://partner.example.org/page" });
  map.seen.opened();
  assert.equal(map.sent[0][1].host, "");
});

test("whoever asks not to be counted is not, nor is a page that says nothing of itself", () => {
  for (const browser of [{ globalPrivacyControl: true }, { doNotTrack: "1" }]) {
    const { seen, sent } = seenOn(pageOf("map"), { browser });
    seen.opened();
    seen.asked(question({ cost: ["free"] }), 0);
    assert.deepEqual(sent, []);
  }
  const { seen, sent } = seenOn(null);
  seen.opened();
  seen.asked(question({ cost: ["free"] }), 0);
  assert.deepEqual(sent, []);
});

test("a condition is told when it is new, with the country, and without city and organisation", () => {
  const { seen, sent } = seenOn(pageOf("map"));
  const filters = { country: ["GE"], cost: ["free"], city: ["611717"], organization: ["dom"] };
  seen.asked(question(filters), 5);
  seen.asked(question({ ...filters, open: ["now"] }), 3);
  seen.asked(question(filters), 5);
  assert.deepEqual(
    sent.map(([, word]) => word),
    [
      { what: "chosen", country: "GE", codes: ["cost:free"] },
      { what: "chosen", country: "GE", codes: ["open:now"] },
    ],
  );
});

test("what found nothing is told once, and of words only that there were some", () => {
  const { seen, sent } = seenOn(pageOf("map"));
  seen.asked(question({}, "слово человека"), 0);
  seen.asked(question({}, "другое слово"), 0);
  seen.asked(question({}), 0);
  assert.deepEqual(sent, [["/ru/seen/", { what: "nothing", country: "", codes: [] }]]);
  assert.ok(!JSON.stringify(sent).includes("слово"));
});

test("a browser without beacons goes on", () => {
  new Seen(pageOf("map"), { browser: {} }).opened();
});
