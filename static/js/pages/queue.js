// J and K go down and up the queue while the focus is in it; Enter opens what is chosen.
const queue = document.querySelector("[data-queue]");
const links = [...(queue?.querySelectorAll("[data-queue-link]") ?? [])];
const STEPS = { KeyJ: 1, ArrowDown: 1, KeyK: -1, ArrowUp: -1 };

function onKey(event) {
  const step = STEPS[event.code];
  if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const here = links.indexOf(document.activeElement);
  links[Math.min(links.length - 1, Math.max(0, here + step))].focus();
}

queue?.addEventListener("keydown", onKey);
links[0]?.focus({ preventScroll: true });
