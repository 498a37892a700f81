// The worker of one page (docs/adr/0135-saved-for-the-road.md): it gives that page, without a network, the files that
// the page itself has stored. It stores nothing, hears nothing of what is asked, and reaches no page outside its folder.

const STORE = "page";
const DAY = 24 * 60 * 60 * 1000;
const LIFE = 14 * DAY;

// As in static/js/lib/stored.js.
const isOver = ({ contact, clock }, now) => now - contact > LIFE || now < Math.max(contact, clock) - DAY;

// All that the site has stored, or, when the time of the copy is over, the copy alone.
async function wipe(names) {
  for (const name of names) await caches.delete(name);
  await self.registration.unregister();
}

async function metaOf(store) {
  const found = await store.match(new URL("kept/meta", self.registration.scope).href);
  return found ? found.json() : null;
}

// A file that is read piece by piece, as the ground of a map is.
async function piece(found, range) {
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(range) ?? [];
  if (first === undefined) return found;
  const whole = await found.blob();
  const end = Math.min(last ? Number(last) + 1 : whole.size, whole.size);
  const part = whole.slice(Number(first), end);
  const headers = { "Content-Range": `bytes ${first}-${end - 1}/${whole.size}`, "Content-Length": String(part.size) };
  return new Response(part, { status: 206, headers });
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
  if (request.mode === "navigate") return store.match(self.registration.scope);
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin || new URL(self.registration.scope).pathname === pathname) return null;
  return store.match(origin + pathname);
}

async function answer(request) {
  const found = await fromStore(request);
  if (!found) return request.mode === "navigate" ? fetch(request).catch(nothing) : fetch(request);
  const range = request.headers.get("range");
  return range ? piece(found, range) : found;
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  if (event.data === "wipe") event.waitUntil(caches.keys().then(wipe));
});
self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET") event.respondWith(answer(event.request));
});
