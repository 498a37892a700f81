// What a device may hold for the road, and how it goes: all of it, with whatever serves it. For every page, so that a
// quick exit anywhere leaves nothing.

// Under a name that says nothing (static/js/road/store.js).
export const STORE = "page";

const DAY = 24 * 60 * 60 * 1000;
export const LIFE = 14 * DAY;

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

// After a wipe this page writes nothing any more, whatever was on its way, until somebody presses “save” anew.
let closed = false;
export const isClosed = () => closed;
export const openAnew = () => {
  closed = false;
};

// What cannot be asked holds nothing.
export async function wipe() {
  closed = true;
  if (mayHold()) await Promise.allSettled([workers(), stores(), databases()]);
}

export const wipeInHaste = () => Promise.race([wipe(), new Promise((done) => setTimeout(done, PATIENCE))]);

// How long a copy lives, by the clock of the device alone. `contact` is when home last answered, `clock` the latest time
// that was seen here (ms). A clock that went back by more than a day is believed in nothing. The worker says the same
// (static/js/road-worker.js).
export function isOver({ contact, clock }, now) {
  return now - contact > LIFE || now < Math.max(contact, clock) - DAY;
}

// What is known of each copy here: every language has a folder of its own.
async function copies() {
  const store = await window.caches.open(STORE);
  const found = (await store.keys()).filter(({ url }) => url.endsWith("/kept/meta"));
  return Promise.all(found.map(async (one) => (await store.match(one)).json()));
}

// Pages for the road that hold a copy, by their addresses.
export async function pagesThatHold() {
  if (!(await isHeld()) || !(await window.caches.has(STORE))) return [];
  const found = await (await window.caches.open(STORE)).keys();
  return found.filter(({ url }) => url.endsWith("/kept/meta")).map(({ url }) => url.slice(0, -"kept/meta".length));
}

// Nothing wakes a page that is closed: whichever page of the site is opened next wipes what is over. What nobody knows
// the day of is over, too.
export async function wipeWhatIsOver(now) {
  try {
    if (!(await isHeld()) || !(await window.caches.has(STORE))) return;
    const found = await copies();
    if (!found.length || found.some((one) => isOver(one, now))) await wipe();
  } catch {
    await wipe(); // what cannot be read is of no use to anybody
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
