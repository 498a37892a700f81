// The form of filters on the page of the map, with what it says.

import { Filters } from "#map/filters.js";
import { parseFragment } from "#map/state.js";
import { APP } from "./app.js";
import { hands, page } from "./page.js";
import { t } from "./samples.js";

export function make(needs = [], { locked = {}, told = "" } = {}) {
  const root = page(APP).querySelector("service-map");
  const { said, note } = hands();
  root.querySelector("[data-active]").innerHTML = told;
  const filters = new Filters(root, {
    t,
    needs,
    locked,
    on: { change: note("change"), drop: note("drop"), reset: note("reset") },
  });
  const find = (selector) => root.querySelector(selector);
  const box = (code) => find(`input[value="${code}"]`);
  const show = (fragment, more = {}) => filters.show({ ...parseFragment(fragment), ...more });
  return { filters, said, find, box, show, all: (selector) => [...root.querySelectorAll(selector)] };
}
