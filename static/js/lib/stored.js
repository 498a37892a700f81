// What a device may hold for the road, and how it goes: all of it, with whatever serves it. For every page, so that a
// quick exit anywhere leaves nothing.

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

// The button of the footer is there wherever something is held.
export async function offerWipe(page) {
  const button = page.querySelector("[data-wipe]");
  if (!button || !(await isHeld())) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await wipe();
    button.replaceWith(button.dataset.done);
  });
}
