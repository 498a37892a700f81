// Opening hours as plain values: a span is ["09:00", "18:00"]. No DOM here, so node tests it.

const DAY = 1440;

export function minutes(text) {
  const [hours, rest] = text.split(":").map(Number);
  return hours * 60 + rest;
}

// Pieces {x, width} of a bar of 1440 minutes; what runs past midnight ends at the edge of the day.
export function pieces(spans) {
  return spans
    .filter((span) => span.every((text) => /^\d\d:\d\d$/.test(text)))
    .map(([opens, closes]) => {
      const start = minutes(opens);
      const end = minutes(closes);
      return { x: start, width: (end > start ? end : DAY) - start };
    });
}

// The rule of services/times.py, which has the last word; after a dash other figures are rather the end of "9-18".
const TIME =
  /^(?<hour>\d{1,2})(?:\s*(?:(?<dash>[-\u2010-\u2014\u2212])|[:.,;=’']|(?:h|ч)\.?)?\s*(?<minute>\d{2}))?(?:\s*(?:h|ч)\.?)?$/u;
const AFTER_A_DASH = ["00", "15", "30", "45"];

// "9", "930", "9.30", "9-30", "9,30" as "09:30", the end of the day as "24:00"; what is not a time comes back as it is.
export function clock(text) {
  const plain = text.normalize("NFKC").trim().toLowerCase();
  const { hour, minute = "00", dash } = TIME.exec(plain)?.groups ?? {};
  const isTime = hour && Number(minute) <= 59 && Number(hour) * 60 + Number(minute) <= DAY;
  if (!isTime || (dash && !AFTER_A_DASH.includes(minute))) return text.trim();
  return `${hour.padStart(2, "0")}:${minute}`;
}

// One span and a break in it: two spans, or the span alone when the break is empty or lies outside.
export function withBreak([opens, closes], from, to) {
  if (!from || !to || minutes(from) >= minutes(to)) return [[opens, closes]];
  const end = minutes(closes) > minutes(opens) ? minutes(closes) : DAY + minutes(closes);
  if (minutes(from) <= minutes(opens) || minutes(to) >= end) return [[opens, closes]];
  return [
    [opens, from],
    [to, closes],
  ];
}
