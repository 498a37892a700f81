// Taking a country along, and asking home what changed. Nothing is stored before the press.

import { holds, openAnew, STORE, wipe, wipeOnly } from "#lib/stored.js";
import { merged, pruned } from "#road/life.js";
import * as store from "#road/store.js";

// Home has said that nothing is kept here any more.
export class Withdrawn extends Error {}

// It was wiped by another page while this one was open.
export class Wiped extends Error {}

const SHELL_DAYS = 24 * 60 * 60 * 1000;

async function ask(config, country, since) {
  const query = new URLSearchParams({ lang: config.code, ...(since ? { since } : {}) });
  const address = `${config.api}${country.toLowerCase()}/?${query}`;
  const response = await fetch(address, { credentials: "omit", cache: "no-store" });
  if (response.status === 410) throw new Withdrawn();
  if (response.status !== 200) throw new Error(`${response.status}`);
  return response.json();
}

const mapOf = (config, country) => config.map_url.replace("__", country.toLowerCase());

export async function save(config, country, withMap, now, onStep = () => {}) {
  openAnew();
  try {
    const pack = merged(null, await ask(config, country, ""));
    const meta = { country, withMap, saved: now, contact: now, clock: now, shell: now };
    await store.make();
    await store.write("meta", meta); // first: whatever comes of the rest has its day
    onStep("pages");
    await Promise.all([config.page, ...config.shell].map(store.keepFile));
    if (withMap) {
      onStep("map");
      await Promise.all([mapOf(config, country), ...config.map_shell].map(store.keepFile));
    }
    await store.write("pack", pack);
    await window.navigator.serviceWorker.register(config.worker, { scope: config.page, updateViaCache: "none" });
    return { pack, meta };
  } catch (error) {
    await wipeOnly(STORE); // half a copy is none
    throw error;
  }
}

// What there is, without what its own day has taken out of it; the clock is noted, so that it cannot go back unseen.
export async function open(now) {
  const [meta, pack] = [await store.read("meta"), await store.read("pack")];
  if (!meta || !pack) return null;
  const kept = { meta: { ...meta, clock: Math.max(meta.clock, now) }, pack: pruned(pack, now) };
  await store.write("meta", kept.meta);
  if (JSON.stringify(kept.pack.places) !== JSON.stringify(pack.places)) await store.write("pack", kept.pack);
  return kept;
}

// Throws Withdrawn when home took it back, Wiped when another page has wiped it, anything else when home did not answer.
export async function refresh(config, { meta, pack }, now) {
  try {
    const fresh = pruned(merged(pack, await ask(config, meta.country, pack.revision)), now);
    if (!(await holds(STORE))) throw new Wiped();
    const told = { ...meta, contact: now, clock: now };
    await store.write("pack", fresh);
    await store.write("meta", told);
    return { pack: fresh, meta: told };
  } catch (error) {
    if (error instanceof Withdrawn) await wipe();
    throw error;
  }
}

// The page itself as it is today, once a day: another release has files of other names.
export async function renewPage(config, meta, now) {
  if (now - meta.shell < SHELL_DAYS) return;
  const fresh = await fetch(config.page, { credentials: "omit", cache: "no-store" });
  if (fresh.status !== 200) return;
  const told = JSON.parse(
    new DOMParser().parseFromString(await fresh.text(), "text/html").getElementById("road").textContent,
  );
  const files = [...told.shell, ...(meta.withMap ? told.map_shell : [])];
  await Promise.all(files.map(store.keepFile));
  await store.keepFile(told.page); // last, because it names the others: a line that is cut leaves the page of before
  await store.keepOnly([told.page, ...files, ...(meta.withMap ? [mapOf(told, meta.country)] : [])]);
  await store.write("meta", { ...meta, shell: now });
}
