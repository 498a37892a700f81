// The worker of one page of members (docs/adr/0163-outreach-without-a-signal.md): it gives that page, without a
// connection, the files that the page itself has stored. It stores nothing, opens no seal, and reaches no page outside
// its folder.

const STORE = "leaf";
const HOUR = 60 * 60 * 1000;
const LIFE = 72 * HOUR;

// As in static/js/lib/stored.js.
const isOver = ({ contact, clock }, now) => now - contact > LIFE || now < Math.max(contact, clock) - HOUR;

async function wipe(names) {
  for (const name of names) await caches.delete(name);
  await self.registration.unregister();
}

async function metaOf(store) {
  const found = await store.match(new URL("kept/meta", self.registration.scope).href, { ignoreVary: true });
  return found ? found.json() : null;
}

const nothing = () => new Response("", { status: 410, headers: { "Content-Type": "text/plain; charset=utf-8" } });

async function fromStore(request) {
  if (!(await caches.has(STORE))) return null;
  const store = await caches.open(STORE);
  const meta = await metaOf(store);
  if (meta && isOver(meta, Date.now())) {
    await wipe([STORE]);
    return null;
  }
  if (request.mode === "navigate") return store.match(self.registration.scope, { ignoreVary: true });
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin || new URL(self.registration.scope).pathname === pathname) return null;
  return store.match(origin + pathname, { ignoreVary: true });
}

async function answer(request) {
  const found = await fromStore(request);
  if (found) return found;
  return request.mode === "navigate" ? fetch(request).catch(nothing) : fetch(request);
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  if (event.data === "wipe") event.waitUntil(caches.keys().then(wipe));
});
self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET") event.respondWith(answer(event.request));
});
