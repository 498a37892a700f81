// Other maps in which a place opens, and what one can copy: for a place whose door is public, nothing for any other.

import { copy } from "#lib/copy.js";
import { h, icon } from "#lib/dom.js";

function copyButton(text, label, t) {
  const onclick = ({ currentTarget }) => copy(currentTarget, text, t("copied"));
  return h("button", { class: "text-button", type: "button", onclick }, icon("copy"), label);
}

export function waysOf({ ways = [], coordinates, address, city }, t) {
  if (!ways.length) return null;
  const whole = [address, city].filter(Boolean).join(", ");
  const links = ways.map(({ name, url }) =>
    h("li", {}, h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, name)),
  );
  return h(
    "div",
    { class: "popup-ways small" },
    h("p", { class: "strong" }, t("way")),
    h("ul", { class: "way-links", role: "list" }, ...links),
    h("p", { class: "quiet" }, t("way_elsewhere")),
    h(
      "p",
      { class: "popup-copies" },
      address ? copyButton(whole, t("copy_address"), t) : null,
      copyButton(coordinates, t("copy_coordinates"), t),
    ),
  );
}
