// Where a device keeps what it took along: one store of the browser under a name that says nothing. No database, no
// address that somebody asked for, no word that somebody typed.

import { isClosed, STORE } from "#lib/stored.js";

const address = (name) => new URL(`kept/${name}`, document.baseURI).href;
const store = () => window.caches.open(STORE);

// A press alone makes the store. What was wiped meanwhile, by this page or another, is not made again by what was on
// its way.
export const make = store;

async function writable() {
  if (isClosed() || !(await window.caches.has(STORE))) throw new Error("wiped meanwhile");
  return store();
}

export async function read(name) {
  if (!(await window.caches.has(STORE))) return null;
  const found = await (await store()).match(address(name));
  return found ? found.json() : null;
}

export async function write(name, value) {
  const response = new Response(JSON.stringify(value), { headers: { "Content-Type": "application/json" } });
  await (await writable()).put(address(name), response);
}

// A file of the page as it came, under its own address.
export async function keepFile(url) {
  const response = await fetch(url, { credentials: "omit", cache: "no-store" });
  if (response.status !== 200) throw new Error(`${response.status}`);
  await (await writable()).put(url, response);
}

// Files that the page of today does not name: those of an earlier release.
export async function keepOnly(urls) {
  const held = await writable();
  const wanted = new Set(urls.map((url) => new URL(url, document.baseURI).href));
  const strange = (await held.keys()).filter(({ url }) => !wanted.has(url) && !url.includes("/kept/"));
  await Promise.all(strange.map((one) => held.delete(one)));
}
