// What a device may hold for the road, and how it goes: all of it, with whatever serves it. For every page, so that a
// quick exit anywhere leaves nothing.

// Under a name that says nothing (static/js/road/store.js).
export const STORE = "page";
// What a member's phone holds of work without a connection (static/js/outreach/shelf.js).
export const LEAF = "leaf";
// The folder of each one's page and worker.
const FOLDERS = { [STORE]: "/road/", [LEAF]: "/outreach/" };

const KEPT_META = "kept/meta";
const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
export const LIFE = 14 * DAY;
export const LEAF_LIFE = 72 * HOUR;

const PATIENCE = 400; // ms: whoever leaves in haste waits no longer for a store that hangs

async function stores() {
  const names = await window.caches.keys();
  await Promise.all(names.map((name) => window.caches.delete(name)));
}

async function workers() {
  const found = await window.navigator.serviceWorker.getRegistrations();
  for (const one of found) (one.active ?? one.waiting ?? one.installing)?.postMessage("wipe");
  await Promise.all(found.map((one) => one.unregister()));
}

async function databases() {
  for (const { name } of await window.indexedDB.databases()) window.indexedDB.deleteDatabase(name);
}

// Whether this browser could hold anything; a page without TLS and a sandboxed frame cannot.
export function mayHold() {
  try {
    return Boolean(window.caches && window.navigator.serviceWorker);
  } catch {
    return false;
  }
}

export async function isHeld() {
  try {
    return mayHold() && (await window.caches.keys()).length > 0;
  } catch {
    return false; // a browser that forbids stores has none
  }
}

export const holds = async (name) => mayHold() && window.caches.has(name);

// One of the two alone: when its time is over, the other one stays.
export async function wipeOnly(name) {
  closed.add(name);
  await window.caches.delete(name);
  const found = await window.navigator.serviceWorker.getRegistrations();
  const own = found.filter(({ scope }) => scope.endsWith(FOLDERS[name]));
  await Promise.all(own.map((one) => one.unregister()));
}

// After a wipe this page writes nothing any more, whatever was on its way, until somebody presses “save” anew.
const closed = new Set();
export const isClosed = (name = STORE) => closed.has(name);
export const openAnew = (name = STORE) => closed.delete(name);

// What cannot be asked holds nothing.
export async function wipe() {
  for (const name of [STORE, LEAF]) closed.add(name);
  if (mayHold()) await Promise.allSettled([workers(), stores(), databases()]);
}

export const wipeInHaste = () => Promise.race([wipe(), new Promise((done) => setTimeout(done, PATIENCE))]);

// How long a copy lives, by the clock of the device alone. `contact` is when home last answered, `clock` the latest time
// that was seen here (ms). A clock that went back by more than a day is believed in nothing. The worker says the same
// (static/js/road-worker.js).
export function isOver({ contact, clock }, now) {
  return now - contact > LIFE || now < Math.max(contact, clock) - DAY;
}

// Work without a connection lives shorter, and believes a clock less.
export function isLeafOver({ contact, clock }, now) {
  return now - contact > LEAF_LIFE || now < Math.max(contact, clock) - HOUR;
}

// What is known of each copy here: every language has a folder of its own.
async function copies(name) {
  const store = await window.caches.open(name);
  const found = (await store.keys()).filter(({ url }) => url.endsWith(KEPT_META));
  return Promise.all(found.map(async (one) => (await store.match(one)).json()));
}

// Pages for the road that hold a copy, by their addresses.
export async function pagesThatHold() {
  if (!(await isHeld()) || !(await window.caches.has(STORE))) return [];
  const found = await (await window.caches.open(STORE)).keys();
  return found.filter(({ url }) => url.endsWith(KEPT_META)).map(({ url }) => url.slice(0, -KEPT_META.length));
}

// Where the page of the work without a connection is, "" where there is none.
export async function leafPage() {
  const found = (await holds(LEAF)) ? await (await window.caches.open(LEAF)).keys() : [];
  const meta = found.find(({ url }) => url.endsWith(KEPT_META));
  return meta ? meta.url.slice(0, -KEPT_META.length) : "";
}

// Whether the copy of this name is there and over, by its own hours. What nobody knows the day of is over, too, and so is
// what cannot be read: the other one is no worse for it, and may hold what was not sent yet.
async function isSpent(name, over, now) {
  if (!(await window.caches.has(name))) return false;
  try {
    const found = await copies(name);
    return !found.length || found.some((one) => over(one, now));
  } catch {
    return true;
  }
}

// Nothing wakes a page that is closed: whichever page of the site is opened next wipes what is over.
export async function wipeWhatIsOver(now) {
  try {
    if (!(await isHeld())) return;
    for (const [name, over] of [
      [STORE, isOver],
      [LEAF, isLeafOver],
    ])
      if (await isSpent(name, over, now)) await wipeOnly(name);
  } catch {
    await wipe(); // stores that cannot be asked are of no use to anybody
  }
}

// The button of the footer is there wherever something is held.
export async function offerWipe(page, now = Date.now()) {
  await wipeWhatIsOver(now);
  const button = page.querySelector("[data-wipe]");
  if (!button || !(await isHeld())) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await wipe();
    button.replaceWith(button.dataset.done);
  });
}

// Signing out tells the browser to forget all; not every browser understands that.
export function wipeAtSignOut(page) {
  page.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!mayHold() || !form.matches("form[action$='/accounts/logout/']")) return;
    event.preventDefault();
    await Promise.race([wipeOnly(LEAF).catch(() => {}), new Promise((done) => setTimeout(done, PATIENCE))]);
    form.submit();
  });
}
