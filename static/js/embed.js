// For a page that shows the map in a frame: a frame with `data-service-map` becomes as tall as its cards. It reads one
// number from our own frames and nothing else; it may be kept on the partner's own site as it is.
(() => {
  const LEAST = 160;
  const MOST = 20000;
  const frames = () => document.querySelectorAll("iframe[data-service-map]");
  const homeOf = (frame) => new URL(frame.src, location.href).origin;
  // In a sandbox without an origin of its own a frame speaks as "null".
  const isFrom = (frame, origin) => origin === homeOf(frame) || (origin === "null" && frame.hasAttribute("sandbox"));

  addEventListener("message", ({ data, origin, source }) => {
    if (data?.type !== "service-map:height" || !Number.isFinite(data.height)) return;
    for (const frame of frames()) {
      if (frame.contentWindow !== source || !isFrom(frame, origin)) continue;
      frame.style.height = `${Math.min(Math.max(data.height, LEAST), MOST)}px`;
    }
  });
  const ask = () => {
    for (const frame of frames()) frame.contentWindow?.postMessage({ type: "service-map:ask" }, "*");
  };
  ask();
  addEventListener("load", ask);
})();
