// What stands after the cards: more of them, and what the part of the map that is looked at leaves out.

import { h } from "#lib/dom.js";

// `total` counts what fits anywhere, `answer.count` what fits in view; `unplaced` has no point on the map.
export function tail(answer, { total, unplaced, isWhole }, { t, on }) {
  const isLast = answer.page >= answer.pages;
  const isPart = !isWhole && answer.count < total && answer.count > 0;
  return [
    isLast ? null : h("button", { class: "btn full", type: "button", onclick: () => on.more() }, t("show_more")),
    isPart ? offer(t("in_view", { n: answer.count, total }), t("show_all"), on) : null,
    !isWhole && unplaced > 0 && isLast ? offer(t("without_point", { n: unplaced }), t("show_them"), on) : null,
  ].filter(Boolean);
}

function offer(text, action, on) {
  const button = h("button", { class: "linkish", type: "button", onclick: () => on.showAll() }, action);
  return h("p", { class: "offer" }, `${text} `, button);
}
