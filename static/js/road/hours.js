// Open or not, by the hours of a row and the clock on the wall of its place: directory/hours/rule.py, for a device
// without a network. A period belongs to the date on which it begins; a night ends beyond midnight.

import { wall } from "#road/life.js";

const DAY = 1440;

const asDate = (date) => new Date(`${date}T00:00:00Z`);
const weekday = (date) => (asDate(date).getUTCDay() + 6) % 7;

function shifted(date, days) {
  const day = asDate(date);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}

// The periods of a date, null where nothing is known of it, and whether they are sure.
function dayOf(hours, date, { off, perhaps }) {
  const special = hours.specials.find(({ first, last }) => first <= date && date <= last);
  if (special) return { spans: special.spans, isSure: true };
  const usual = hours.week ? hours.week[weekday(date)] : null;
  const [isOff, isPerhaps] = [off.includes(date), perhaps.includes(date)];
  if (!usual?.length || !(hours.rests || hours.is_silent))
    return { spans: hours.rests && isOff ? [] : usual, isSure: true };
  if (hours.is_silent) return { spans: usual, isSure: !isOff && !isPerhaps };
  return isOff ? { spans: [], isSure: true } : { spans: usual, isSure: !isPerhaps };
}

const covering = (day, minute) => (day.spans ?? []).find(([start, end]) => start <= minute && minute < end);

// → { state: "open" | "always" | "closed" | "unknown" | "appointment", isSure, until, opens } with times as minutes.
export function opening(hours, { zone, holidays }, now) {
  if (!hours.week && !hours.specials.length && !hours.rests)
    return { state: hours.appointment ? "appointment" : "unknown", isSure: true };
  const { date, minute } = wall(zone, now);
  const [today, before] = [dayOf(hours, date, holidays), dayOf(hours, shifted(date, -1), holidays)];
  const found = [
    [today, covering(today, minute), 0],
    [before, covering(before, minute + DAY), DAY],
  ].filter(([, span]) => span);
  if (found.length > 0) {
    const isSure = found.some(([day]) => day.isSure);
    const until = Math.max(...found.map(([, [, end], less]) => end - less));
    return hours.week?.every((spans) => spans.length === 1 && spans[0][0] === 0 && spans[0][1] === DAY)
      ? { state: "always", isSure }
      : { state: "open", isSure, until };
  }
  if (today.spans === null) return { state: "unknown", isSure: true };
  const next = today.spans.map(([start]) => start).filter((start) => start > minute);
  return { state: "closed", isSure: today.isSure || !next.length, opens: next.length ? Math.min(...next) : null };
}

export function clockTime(minutes) {
  const [hour, minute] = [Math.floor(minutes / 60) % 24, minutes % 60];
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}
