// A listing on the phone: what stands on the map, one press for “so it is”, whether there are places, how a visit went.

import { h, icon } from "#lib/dom.js";

const clock = (at) => new Date(at).toTimeString().slice(0, 5);

export function dayAndTime(at) {
  const [, month, day] = new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 10).split("-");
  return `${day}.${month} ${clock(at)}`;
}

function facts(row) {
  if (!row.facts.length) return null;
  const lines = row.facts.flatMap(({ label, lines }) => [
    h("dt", {}, label),
    ...lines.map((line) => h("dd", {}, line)),
  ]);
  return h("dl", { class: "out-facts" }, lines);
}

const button = (text, press, classes = "btn out-big") =>
  h("button", { class: classes, type: "button", onclick: press }, text);

// `act.press(what)` and `act.undo(key)` are what the buttons do.
export function makeCards({ t, reasons, act }) {
  const pressed = (row, what) => () => act.press({ listing: row.id, title: row.title, ...what });

  function confirm(row) {
    const words = t("confirm");
    const press = pressed(row, { kind: "confirm", seen: row.seen, words });
    return row.seen ? button(words, press, "btn primary out-big out-wide") : null;
  }

  function places(row) {
    if (!row.places) return null;
    const { text, answers } = row.places;
    const each = answers.map(({ level, text: words }) =>
      button(words, pressed(row, { kind: "places", value: level, words: `${text} ${words}` })),
    );
    return h("fieldset", {}, h("legend", {}, text), h("div", { class: "out-actions" }, each));
  }

  function visit(row) {
    const served = button(t("served"), pressed(row, { kind: "visit", value: "served", words: t("visit_served") }));
    const why = reasons.map(({ code, text }) =>
      button(text, pressed(row, { kind: "visit", value: code, words: t("visit_not", { why: text }) })),
    );
    const not = h(
      "details",
      { class: "out-why" },
      h("summary", { class: "btn out-big" }, t("not_served")),
      h("p", {}, t("why")),
      h("div", { class: "out-actions" }, why),
    );
    return h("fieldset", {}, h("legend", {}, t("visit")), h("div", { class: "out-actions" }, served, not));
  }

  function waiting(presses) {
    const lines = presses.map(({ key, words, at }) =>
      h(
        "li",
        {},
        h("span", {}, `${words} · ${clock(at)}, ${t("waits")}`),
        button(t("undo"), () => act.undo(key), "linkish"),
      ),
    );
    return lines.length ? h("ul", { class: "out-waits" }, lines) : null;
  }

  return function card(row, presses, isOpen) {
    const mark = row.is_due ? h("span", { class: "tag warn" }, t("due")) : null;
    const title = h(
      "span",
      { class: "out-title" },
      h("strong", {}, row.title),
      h("span", { class: "quiet" }, row.where),
      mark,
    );
    return h(
      "article",
      { class: "out-row", id: `o-${row.id}` },
      h(
        "details",
        { open: isOpen, data: { row: row.id } },
        h("summary", {}, title, icon("chevron-down")),
        h("div", { class: "out-inside" }, facts(row), confirm(row), places(row), visit(row)),
      ),
      waiting(presses),
    );
  };
}

// What of one's own is not here, and why.
export function stayLine(rows, t) {
  const stays = ["left", "over"].map((name) => (rows[name] ? t(name, { n: rows[name] }) : ""));
  return [rows.own.length ? "" : t("none"), ...stays].filter(Boolean).join(" ");
}

// What home did not take, until somebody has read it.
export function toldLine({ key, title, pressed, words, url }, t, read) {
  const link = url ? h("a", { class: "btn", href: url }, t("look")) : null;
  return h(
    "li",
    {},
    h("strong", {}, title),
    h("span", {}, `${pressed}. ${words || t("not_taken")}`),
    h(
      "span",
      { class: "out-actions" },
      link,
      button(t("seen"), () => read(key), "btn"),
    ),
  );
}
