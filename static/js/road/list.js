// The list of what was taken along, with its conditions; drawn anew at each change and each minute.

import { h } from "#lib/dom.js";
import { lineCard, placeCard } from "#road/card.js";
import { chosen } from "#road/filters.js";
import { current } from "#road/life.js";

function options(select, first, pairs) {
  select.replaceChildren(
    h("option", { value: "" }, first),
    ...pairs.map(([value, name]) => h("option", { value }, name)),
  );
}

function wantedOf(form) {
  const { need, city, words, open, papers } = form.elements;
  return { need: need.value, city: city.value, words: words.value.trim(), open: open.checked, papers: papers.checked };
}

// → { show(pack), places() } over the elements of the page that bear data-road-… names.
export function makeList(root, t, clock) {
  const [form, list] = [root.querySelector("[data-road-filters]"), root.querySelector("[data-road-list]")];
  const [count, lines] = [root.querySelector("[data-road-count]"), root.querySelector("[data-road-lines]")];
  let [pack, shown] = [null, []];

  function draw() {
    if (!pack) return;
    const now = clock();
    const opened = new Set([...list.querySelectorAll("details[open]")].map((one) => one.closest("article").id));
    shown = chosen(pack, current(pack.places, now), wantedOf(form), now);
    list.replaceChildren(...shown.map((place) => placeCard(t, pack, place, now)));
    for (const id of opened) list.querySelector(`#${CSS.escape(id)} details`)?.setAttribute("open", "");
    count.textContent = t("found", { n: shown.reduce((sum, { services }) => sum + services.length, 0) });
  }

  form.addEventListener("input", draw);
  form.addEventListener("submit", (event) => event.preventDefault());

  return {
    places: () => shown,
    draw,
    show(fresh) {
      const { need, city } = form.elements;
      const [wasNeed, wasCity] = [need.value, city.value];
      pack = fresh;
      options(
        need,
        t("any_need"),
        pack.needs.map(({ code, name }) => [code, name]),
      );
      const cities = [...new Set(pack.places.map((place) => place.city).filter(Boolean))];
      options(
        city,
        t("any_city"),
        cities.map((name) => [name, name]),
      );
      [need.value, city.value] = [wasNeed, wasCity];
      lines.replaceChildren(...pack.lines.map(lineCard));
      draw();
    },
  };
}
