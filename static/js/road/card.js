// A place with its services. Everything that is known stands in the page; what is long is folded.

import { h, hiddenText } from "#lib/dom.js";
import { stateOf } from "#road/filters.js";
import { clockTime } from "#road/hours.js";

// → words about the moment, by the clock of the device.
export function momentText(t, { state, isSure, until, opens }) {
  const words = {
    open: () => t("open_until", { time: clockTime(until) }),
    always: () => t("always"),
    closed: () => (opens ? t("opens_at", { time: clockTime(opens) }) : t("closed")),
    appointment: () => t("appointment"),
    unknown: () => t("hours_unknown"),
  }[state]();
  return isSure ? words : t("unless_holiday", { hours: words });
}

function contactLine({ label, text, href, is_call, note }) {
  const link = href ? h("a", { href, rel: "noreferrer", class: is_call ? "btn primary" : "phone" }, text) : text;
  return h("p", { class: "road-contact" }, label ? h("span", { class: "quiet" }, label) : null, link, note);
}

function hoursTable({ days, special_days, note }) {
  return [
    days.length
      ? h(
          "table",
          { class: "road-hours" },
          days.map(({ day, text }) => h("tr", {}, h("th", { scope: "row" }, day), h("td", {}, text))),
        )
      : null,
    ...special_days.map((one) => h("p", {}, [`${one.days}: ${one.text}`, one.note].filter(Boolean).join(". "))),
    note ? h("p", {}, note) : null,
  ];
}

function fact(name, text) {
  return text ? [h("dt", {}, name), h("dd", {}, text)] : [];
}

function serviceDetails(t, service) {
  return h(
    "section",
    {},
    h("h4", { lang: service.title_lang || null }, service.title),
    service.summary ? h("p", { lang: service.summary_lang || null }, service.summary) : null,
    h(
      "dl",
      { class: "facts" },
      fact(t("who"), service.who),
      fact(t("bring"), [service.no_documents ? t("no_papers") : "", service.bring].filter(Boolean).join(". ")),
      fact(t("price"), service.cost),
      fact(t("languages"), service.languages),
    ),
    service.stays.map(({ text }) => h("p", {}, text)),
    service.hours ? hoursTable(service.hours) : null,
    service.contacts.map(contactLine),
    h("p", { class: "quiet" }, service.checked),
  );
}

function serviceLine(t, pack, place, service, now) {
  const state = stateOf(pack, place, service, now);
  return h(
    "li",
    {},
    h("strong", { lang: service.title_lang || null }, service.title),
    h("span", { class: `open-state ${state.state}` }, service.state || momentText(t, state)),
    service.isLate ? h("span", { class: "road-late" }, t("late")) : null,
    service.notices.map(({ kind, text }) => h("span", { class: "road-notice" }, `${kind}. ${text}`)),
  );
}

export function placeCard(t, pack, place, now) {
  const call = [...place.contacts, ...place.services.flatMap(({ contacts }) => contacts)].find((one) => one.is_call);
  return h(
    "article",
    { class: "road-place", id: `p-${place.id}`, tabindex: "-1" },
    h("h3", {}, place.title),
    h("p", { class: "quiet" }, [place.organization, place.city].filter(Boolean).join(", ")),
    h(
      "ul",
      { class: "road-services" },
      place.services.map((service) => serviceLine(t, pack, place, service, now)),
    ),
    call ? contactLine({ ...call, label: "", note: "" }) : null,
    h(
      "details",
      {},
      h("summary", {}, t("more"), hiddenText(`: ${place.title}`)),
      h("p", {}, [place.address, place.where].filter(Boolean).join(". ")),
      place.directions ? h("p", {}, place.directions) : null,
      place.contacts.filter((one) => one !== call).map(contactLine),
      h("h4", {}, t("hours")),
      hoursTable(place.hours),
      place.services.map((service) => serviceDetails(t, service)),
    ),
  );
}

export function lineCard({ name, organization, country_name, phone, phone_href }) {
  return h(
    "li",
    {},
    h("strong", {}, name),
    h("span", { class: "quiet" }, [organization, country_name].filter(Boolean).join(", ")),
    h("a", { href: phone_href, class: "btn primary" }, phone),
  );
}
