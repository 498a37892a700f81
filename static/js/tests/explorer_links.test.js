import assert from "node:assert/strict";
import test from "node:test";

import { ApiError } from "#map/api.js";
import { explore } from "./support/explorer.js";
import { settle } from "./support/page.js";
import { answer, mapAnswer } from "./support/samples.js";

const LOST = "https://map.test/ru/#service=nonsense";
const refusal = (...values) =>
  new ApiError(
    "input",
    "?",
    values.map(([param, value]) => ({ param, value })),
  );

test("a value that the server does not know is left out and told; the rest is asked again", async () => {
  const { explorer, asked, of } = await explore({ url: "https://map.test/ru/#service=prep,nonsense" });
  explorer.begin();
  assert.equal(of("forget").length, 1, "the server's list answers another question");
  asked[0].reject(refusal(["service", "nonsense"]));
  await settle();
  assert.deepEqual([explorer.state.filters, asked.length], [{ service: ["prep"] }, 2]);
  asked[1].resolve({ listings: answer(), map: mapAnswer() });
  await settle();
  assert.deepEqual(of("tellUnread"), [[[["service", "nonsense"]]]]);
  assert.deepEqual([of("fail").length, window.location.hash], [0, "#service=prep"]);
});

test("a link of which nothing is left shows nothing, keeps its address, and asks nothing", async () => {
  const { explorer, asked, of } = await explore({ url: LOST });
  explorer.begin();
  asked[0].reject(refusal(["service", "nonsense"]));
  await settle();
  assert.deepEqual(of("lose"), [[[["service", "nonsense"]]]]);
  assert.deepEqual(of("pins").at(-1), [{ clusters: [], points: [] }]);
  assert.deepEqual([asked.length, of("render").length, window.location.hash], [1, 0, "#service=nonsense"]);
  explorer.moved(false);
  explorer.moved(true);
  assert.equal(asked.length, 1);
});

test("a name that nobody knows does not ask for everything; what the visitor chooses then counts", async () => {
  const { explorer, asked, of } = await explore({ url: "https://map.test/ru/#sevice=prep" });
  explorer.begin();
  assert.deepEqual([asked.length, of("lose")], [0, [[[["sevice", "prep"]]]]]);
  explorer.sortBy("checked");
  assert.equal(asked.length, 0);
  explorer.set("open", "now", true);
  assert.deepEqual([asked.length, explorer.state.unread], [1, []]);
});

test("what the server could not read of an address is not asked for by the page either", async () => {
  const initial = { filters: {}, sort: "", unread: [["service", "nonsense"]] };
  const { explorer, asked, of } = await explore({ url: "https://map.test/ru/?service=nonsense", initial });
  explorer.begin();
  assert.deepEqual([asked.length, of("lose").length], [0, 1]);
  explorer.reset();
  assert.equal(asked.length, 1);
});

test("a refusal that names nothing of the question is told in its own words", async () => {
  const { explorer, asked, of } = await explore();
  explorer.set("open", "now", true);
  asked[0].reject(refusal(["service", "other"]));
  await settle();
  assert.deepEqual([of("fail").length, asked.length], [1, 1]);
});

test("an anchor of the page changes nothing", async () => {
  const { explorer, asked } = await explore({ url: "https://map.test/ru/#open=now" });
  window.location.hash = "#main";
  explorer.addressChanged();
  assert.deepEqual([asked.length, explorer.state.filters], [0, { open: ["now"] }]);
});
