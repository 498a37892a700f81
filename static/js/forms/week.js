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

// "9", "930", "9.30" as "09:30"; what is not a time comes back as it is.
export function clock(text) {
  const found = /^(\d{1,2})(?:[:. ]?(\d{2}))?$/.exec(text.trim());
  if (!found || Number(found[1]) > 23 || Number(found[2] ?? 0) > 59) return text.trim();
  return `${found[1].padStart(2, "0")}:${found[2] ?? "00"}`;
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
