// Tells the page around the frame how tall the cards are; static/js/embed.js listens there. Nothing else is told it.
import { seenOf } from "#lib/seen.js";

const tell = () => {
  const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
  window.parent.postMessage({ type: "service-map:height", version: 1, height }, "*");
};

new ResizeObserver(tell).observe(document.documentElement);
window.addEventListener("message", ({ data, source }) => {
  if (source === window.parent && data?.type === "service-map:ask") tell();
});
seenOf(document).opened();
