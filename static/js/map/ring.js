// The sign of a cluster: how many services, in a ring whose arcs say of which families they are.

import { h, svg } from "#lib/dom.js";

const WHOLE = 100;
const GAP = 2.5;
const LEAST = 5; // a single service among hundreds is still seen

// → [{ family, from, length }] in hundredths of the ring; families in the order of `order`.
export function arcs(byFamily, order) {
  const found = order.filter((family) => byFamily[family]);
  const total = found.reduce((sum, family) => sum + byFamily[family], 0);
  const shares = found.map((family) => Math.max(LEAST, (byFamily[family] / total) * WHOLE));
  const all = shares.reduce((sum, share) => sum + share, 0);
  const gap = found.length > 1 ? GAP : 0;
  let from = 0;
  return found.map((family, index) => {
    const share = (shares[index] / all) * WHOLE;
    const arc = { family, from, length: share - gap };
    from += share;
    return arc;
  });
}

const circle = (properties) => svg("circle", { cx: 22, cy: 22, r: 19, pathLength: WHOLE, ...properties });

export function ring(count, byFamily, order) {
  const drawn = arcs(byFamily, order).map(({ family, from, length }) =>
    circle({
      class: "arc",
      "data-family": family,
      "stroke-dasharray": `${length} ${WHOLE - length}`,
      "stroke-dashoffset": -from,
    }),
  );
  const lines = svg("svg", { class: "ring", viewBox: "0 0 44 44", "aria-hidden": "true" }, ...drawn);
  return h(
    "span",
    { class: "many", "aria-hidden": "true" },
    lines,
    h("span", { "data-figures": String(count).length }, String(count)),
  );
}
