// Where a phone keeps the page, the seal and what is known without it: one store of the browser under a name that says
// nothing. `meta` holds hours, the salt, the count of wrong tries and the secret by which home knows the phone.

import { holds, isClosed, LEAF } from "#lib/stored.js";

const PAGE = "link[rel=stylesheet], link[rel=preload], link[rel=modulepreload], link[rel=icon], script[src]";
const FONTS = ["cyrillic", "latin"].map((part) => `fonts/golos-text-${part}.woff2`);

const address = (name) => new URL(`kept/${name}`, document.baseURI).href;
const store = () => window.caches.open(LEAF);

// A press alone makes the store; what is on its way when somebody wipes is written nowhere.
export const make = store;

async function writable() {
  const held = (await holds(LEAF)) && !isClosed(LEAF) ? await store() : null;
  if (held && !isClosed(LEAF)) return held;
  if (held) await window.caches.delete(LEAF); // asking for it has made it anew
  throw new Error("wiped meanwhile");
}

// Without asking for the store by its name, which would make one.
export async function read(name) {
  const found = await window.caches.match(address(name), { cacheName: LEAF, ignoreVary: true });
  return found ? found.json() : null;
}

export async function write(name, value) {
  const response = new Response(JSON.stringify(value), { headers: { "Content-Type": "application/json" } });
  await (await writable()).put(address(name), response);
}

// What a page loads, by its own words, and both files of its typeface.
export function filesOf(page, base) {
  const found = [...page.querySelectorAll(PAGE)].map((one) => one.getAttribute("href") ?? one.getAttribute("src"));
  const fonts = found.filter((url) => url.includes("golos-text-cyrillic"));
  const both = fonts.flatMap((url) =>
    url.includes("cyrillic.woff2") ? FONTS.map((name) => url.replace(FONTS[0], name)) : [],
  );
  return [...new Set([...found, ...both])].map((url) => new URL(url, base).href);
}

async function keepFile(url) {
  const response = await fetch(url, { cache: "no-store" });
  if (response.status !== 200 || response.redirected) throw new Error(`${response.status}`);
  await (await writable()).put(url, response);
}

// The page as it is today with its files. The page comes last, because it names the others; then files of an earlier
// release go.
export async function keepPage(url) {
  const response = await fetch(url, { cache: "no-store" });
  if (response.status !== 200 || response.redirected) throw new Error(`${response.status}`);
  const page = new DOMParser().parseFromString(await response.clone().text(), "text/html");
  if (!page.getElementById("outreach")) throw new Error("another page");
  const whole = new URL(url, document.baseURI).href;
  const files = filesOf(page, whole);
  await Promise.all(files.map(keepFile));
  const held = await writable();
  await held.put(whole, response);
  const wanted = new Set([whole, ...files]);
  const strange = (await held.keys()).filter((one) => !wanted.has(one.url) && !one.url.includes("/kept/"));
  await Promise.all(strange.map((one) => held.delete(one)));
}
