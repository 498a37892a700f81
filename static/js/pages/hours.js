// The week: bars of the day, a break in one press, copying a day, special dates on demand.
import { clock, pieces, withBreak } from "#forms/week.js";

const SVG = "http://www.w3.org/2000/svg";
const LUNCH = ["13:00", "14:00"];
const WEEKDAYS = 5;
const root = document.querySelector("[data-hours]");
const days = [...root.querySelectorAll("[data-day]")];

const periodsOf = (day) => [...day.querySelectorAll("[data-period]")];
const inputsOf = (period) => [...period.querySelectorAll("input")];
const spansOf = (day) => periodsOf(day).map((period) => inputsOf(period).map((input) => input.value));

function draw(day) {
  const spans = spansOf(day)
    .filter(([opens, closes]) => opens || closes)
    .map((span) => span.map(clock));
  day.classList.toggle("is-closed", spans.length === 0);
  const strip = day.querySelector("[data-strip]");
  for (const piece of strip.querySelectorAll(".strip-open")) piece.remove();
  for (const { x, width } of pieces(spans)) {
    const bar = document.createElementNS(SVG, "rect");
    bar.setAttribute("class", "strip-open");
    bar.setAttribute("height", "10");
    bar.setAttribute("x", x);
    bar.setAttribute("width", width);
    strip.append(bar);
  }
  day.querySelector("[data-add-break]").hidden = !spans.length || spans.length === periodsOf(day).length;
  day.querySelector("[data-clear-day]").hidden = spans.length === 0;
  day.querySelector("[data-copy-day]").hidden = spans.length === 0;
}

function put(day, spans) {
  periodsOf(day).forEach((period, at) => {
    const [opens, closes] = spans[at] ?? ["", ""];
    const [first, second] = inputsOf(period);
    first.value = opens;
    second.value = closes;
    period.toggleAttribute("data-spare", at > 0 && !opens && !closes);
  });
  draw(day);
}

function showKind() {
  const kind = root.querySelector("[name=hours-kind]:checked")?.value ?? "schedule";
  root.querySelector("[data-schedule]").classList.toggle("is-off", kind !== "schedule");
}

function fillDays(event) {
  event.preventDefault();
  const value = (name) => clock(root.querySelector(`[name=fill-${name}]`).value);
  if (!value("opens") || !value("closes")) {
    root.querySelector("[name=fill-opens]").focus();
    return;
  }
  const spans = withBreak([value("opens"), value("closes")], value("break_from"), value("break_to"));
  for (const box of root.querySelectorAll("[name=fill-days]:checked")) put(days[Number(box.value)], spans);
}

function onPress(event) {
  const button = event.target.closest("button");
  const day = button?.closest("[data-day]");
  if (!day) return;
  const spans = spansOf(day).filter(([opens]) => opens);
  if ("clearDay" in button.dataset) put(day, []);
  if ("copyDay" in button.dataset) for (const other of days.slice(0, WEEKDAYS)) put(other, spans);
  if ("addBreak" in button.dataset) {
    const split = spans.length === 1 ? withBreak(spans[0], ...LUNCH) : spans;
    put(day, split);
    const next = periodsOf(day)[Math.max(split.length - 1, spans.length)];
    next.removeAttribute("data-spare");
    inputsOf(next)[0].focus();
  }
}

// --- special dates ---

const rows = root.querySelector("[data-special-rows]");
const template = root.querySelector("[data-special-template]");
const total = root.querySelector("[name=hours-specials]");

function addSpecial() {
  const blank = rows.querySelector("[data-blank]");
  if (blank) {
    blank.removeAttribute("data-blank");
  } else {
    const number = Number(total.value || 0);
    const row = template.content.firstElementChild.cloneNode(true);
    row.removeAttribute("data-blank");
    row.id = row.id.replace("__n__", number);
    row.querySelectorAll("[name]").forEach((input) => {
      input.name = input.name.replace("__n__", number);
    });
    row.querySelectorAll("[data-needs-script]").forEach((element) => {
      element.hidden = false;
    });
    rows.append(row);
    total.value = number + 1;
  }
  const special = [...rows.querySelectorAll("[data-special]:not([data-blank])")];
  special[special.length - 1].querySelector("input").focus();
}

function clearSpecial(event) {
  const row = event.target.closest("[data-clear-special]")?.closest("[data-special]");
  if (!row) return;
  row.querySelectorAll("input").forEach((input) => {
    input.value = "";
  });
  row.setAttribute("data-blank", "");
  root.querySelector("[data-add-special]").focus();
}

root.classList.add("scripted");
root.querySelector("[data-fill]").addEventListener("click", fillDays);
root.querySelector("[data-add-special]").addEventListener("click", addSpecial);
rows.addEventListener("click", clearSpecial);
root.addEventListener("click", onPress);
// Four figures are a whole time already; fewer are put right when the field is left.
root.addEventListener("input", ({ target }) => {
  if (target.matches(".clock") && /^\d{4}$/.test(target.value)) target.value = clock(target.value);
});
root.addEventListener("change", (event) => {
  if (event.target.matches(".clock")) event.target.value = clock(event.target.value);
  showKind();
});
days.forEach((day) => {
  draw(day);
  for (const kind of ["input", "change"]) day.addEventListener(kind, () => draw(day));
});
showKind();
