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

// `ask` → { state, bbox }
export function installDownload(root, ask) {
  const form = root.querySelector("[data-download]");
  form?.addEventListener("submit", () => {
    const { state, bbox } = ask();
    const inputs = downloadFields(state, bbox).map(([name, value]) => h("input", { type: "hidden", name, value }));
    form.querySelector("[data-download-fields]").replaceChildren(...inputs);
  });
}
