// How far the worker is: the page is asked again until it is another one.
const EVERY_MS = 2_000;

async function look() {
  const answer = await fetch(location.href, { headers: { accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const next = page.querySelector("[data-progress]");
  if (!next) return location.reload();
  document.querySelector("[data-progress]").replaceWith(next);
}

// A lost connection waits like everything else.
setInterval(() => look().catch(() => {}), EVERY_MS);
