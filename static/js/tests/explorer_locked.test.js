import assert from "node:assert/strict";
import test from "node:test";

import { explore } from "./support/explorer.js";
import { settle } from "./support/page.js";

const INITIAL = { filters: { country: ["GE"], cost: ["free"] }, sort: "", unread: [] };

test("what a partner has fixed stays, whatever takes conditions off; the rest goes", async () => {
  const { explorer } = await explore({ initial: INITIAL, embed: true, locked: { country: ["GE"] } });
  const acts = [
    () => explorer.drop("country", "GE"),
    () => explorer.clear(["country", "city"]),
    () => explorer.set("country", "PL", true),
    () => explorer.reset(),
  ];
  explorer.begin();
  for (const act of acts) {
    act();
    assert.deepEqual(explorer.state.filters.country, ["GE"]);
    await settle();
  }
  assert.deepEqual(explorer.state.filters, { country: ["GE"] });
});

test("an address cannot take off what is fixed either", async () => {
  const { explorer } = await explore({ initial: INITIAL, embed: true, locked: { country: ["GE"] } });
  explorer.begin();
  window.location.hash = "#country=PL&cost=paid";
  explorer.addressChanged();
  assert.deepEqual(explorer.state.filters, { country: ["GE"], cost: ["paid"] });
});
