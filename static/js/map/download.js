// The file of what the list shows: its form is told the question when it is sent.

import { h } from "#lib/dom.js";
import { formatBbox } from "#map/api.js";
import { filterQuery } from "#map/state.js";

// [[name, value], …]. The box is that of the list; somebody's own position is never sent along.
export function downloadFields(state, bbox) {
  const fields = filterQuery(state);
  if (state.q) fields.push(["q", state.q], ...state.off.map((one) => ["off", one]));
  if (bbox) fields.push(["bbox", formatBbox(bbox)]);
  return fields;
}

// To be told of what changes: conditions and the box, never words.
export const followFields = (state, bbox) => downloadFields({ ...state, q: "" }, bbox);

// `ask` → { state, bbox }
export function installDownload(root, ask) {
  fillWhenSent(root, "download", () => downloadFields(ask().state, ask().bbox));
  fillWhenSent(root, "follow", () => followFields(ask().state, ask().bbox));
}

function fillWhenSent(root, name, fields) {
  const form = root.querySelector(`[data-${name}]`);
  form?.addEventListener("submit", () => {
    const inputs = fields().map(([name, value]) => h("input", { type: "hidden", name, value }));
    form.querySelector(`[data-${name}-fields]`).replaceChildren(...inputs);
  });
}
