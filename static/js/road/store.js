// Where a device keeps what it took along: one store of the browser under a name that says nothing. No database, no
// address that somebody asked for, no word that somebody typed.

import { isClosed } from "#lib/stored.js";

export const STORE = "page";

const address = (name) => new URL(`kept/${name}`, document.baseURI).href;
const store = () => window.caches.open(STORE);

function writable() {
  if (isClosed()) throw new Error("wiped meanwhile");
  return store();
}

export async function read(name) {
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
