// What stands in the place of the list: what to give up, what is near, whom to call.

import { dialled, h, icon, isolated } from "#lib/dom.js";

// Nothing in view is not yet nothing at all: `total` counts what fits anywhere. The rest is the list's.
// `root` is the page, which offers to suggest what is missing; the offer stands here too.
export function nothing(answer, total, { root, cards, t, on, names }) {
  if (total > 0) {
    const showAll = () => on.showAll();
    const button = h(
      "button",
      { class: "btn primary", type: "button", onclick: showAll },
      t("show_services", { n: total }),
    );
    return section(empty("map-pin", t("nothing_here"), t("nothing_here_text"), button));
  }
  const found = answer.alternatives;
  const drops = (found?.drop ?? [])
    .filter(({ param }) => !on.isLocked?.(param))
    .map((item) => chip(item, { on, names }));
  const near = (found?.nearest ?? []).map((one) => h("li", {}, cards.card(one)));
  const hotlines = (found?.hotlines ?? []).map(hotline);
  return section(
    empty("search", t("nothing_fits"), drops.length ? t("give_up_one") : "", [
      h("p", { class: "chips" }, drops),
      root?.querySelector("[data-suggest-here]")?.cloneNode(true),
    ]),
    near.length ? [h("h3", {}, t("nearest")), h("ol", { class: "cards", role: "list" }, near)] : null,
    hotlines.length ? [h("h3", {}, t("you_can_call")), h("ul", { class: "rows" }, hotlines)] : null,
  );
}

function section(...parts) {
  return h("section", { class: "alternatives" }, ...parts);
}

function empty(sign, title, text, action) {
  return h("div", { class: "empty" }, icon(sign), h("h3", {}, title), text ? h("p", {}, text) : null, action);
}

function chip({ param, code, name, count }, { on, names }) {
  const number = count === undefined ? null : h("span", { class: "count" }, String(count));
  const act = () => on.drop(param, code);
  return h("button", { class: "chip", type: "button", onclick: act }, name ?? names(param, code), icon("x"), number);
}

// In the place of addresses that are not shown: who takes people there.
export function guideTo({ title, text, lines }, { t }) {
  const words = h("div", {}, h("h3", {}, title), h("p", {}, text));
  const calls = lines.length ? [h("h3", {}, t("takes_you_there")), h("ul", { class: "rows" }, lines.map(hotline))] : [];
  return h("section", { class: "alternatives guide" }, h("div", { class: "note" }, icon("info"), words), ...calls);
}

function hotline({ name, organization, country_name: country, phone, phone_href: href, open }) {
  const where = [organization, country].filter(Boolean).join(", ");
  return h(
    "li",
    {},
    h(
      "span",
      {},
      h("span", { class: "strong" }, isolated(name)),
      [h("br"), h("span", { class: "quiet" }, where)],
      open?.text ? [h("br"), h("span", { class: `small open-state ${open.state}` }, open.text)] : null,
    ),
    h("a", { class: "btn push phone", href }, icon("phone"), dialled(phone)),
  );
}
