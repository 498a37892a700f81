// The form of filters: its inputs are the truth that people see; counts beside values come with every answer. What is
// chosen stands once, as chips before the form.

import { h, hiddenText, icon } from "#lib/dom.js";
import { Later } from "#map/later.js";
import { hasValue, values } from "#map/state.js";

const WHERE = ["country", "city"];

// What is chosen, as [name, codes]: all codes of a tile of the first screen are one.
export function toldTogether(chosen, needs) {
  let left = [...chosen];
  const found = [];
  for (const { name, service } of needs) {
    if (service.length < 2 || !service.every((code) => left.includes(code))) continue;
    found.push([name, service]);
    left = left.filter((code) => !service.includes(code));
  }
  return { found, left };
}

export class Filters {
  // `on` = { change(param, code, isOn), drop(param, code), reset() }; `needs` are the tiles of the first screen,
  // `locked` the conditions that nobody takes off here: no chip tells of them
  constructor(root, { t, needs = [], locked = {}, on }) {
    Object.assign(this, { t, on, needs, locked });
    this.form = root.querySelector("[data-filters]");
    this.later = new Later(this.form);
    this.active = root.querySelector("[data-active]");
    // What the server's chips say: of an organisation the form has no field that names it.
    this.said = {};
    for (const chip of this.active.querySelectorAll("[data-drop]"))
      this.said[chip.dataset.drop] = chip.firstChild?.textContent.trim();
    this.number = root.querySelector("[data-chosen-number]");
    this.orders = [...root.querySelectorAll("[data-sort]")];
    this.order = root.querySelector("[data-sort-shown]");
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("change", ({ target }) => {
      if (target.type === "checkbox") on.change(target.name, target.value, target.checked);
    });
    this.active.addEventListener("click", (event) => this.pressed(event));
  }

  #boxes(part = this.form) {
    return this.later.all(part, 'input[type="checkbox"]');
  }

  #inputs(param, code) {
    return this.#boxes().filter((input) => input.name === param && (!code || input.value === code));
  }

  // Before a panel opens: what it holds.
  unfold(panel) {
    this.later.unfold(panel);
  }

  // The name of a value as its label says it; the code for a value that the form does not know.
  nameOf(param, code) {
    const label = this.#inputs(param, code)[0]?.closest("label");
    return label?.querySelector("[data-option-name]")?.textContent.trim() || this.said[`${param}:${code}`] || code;
  }

  // All values of a filter: [{ code, name }].
  options(param) {
    return this.#inputs(param).map(({ value: code }) => ({ code, name: this.nameOf(param, code) }));
  }

  show(state) {
    for (const input of this.#boxes()) {
      input.checked = hasValue(state, input.name, input.value);
    }
    for (const panel of this.form.querySelectorAll("[data-params]")) this.#chip(panel, state);
    this.#cities(state);
    this.#showActive(state);
    this.#showOrders(state);
  }

  // The order that is usual where there are words, a place, or neither; the chosen one is said.
  #showOrders({ q, near, sort }) {
    for (const order of this.orders) {
      const { sort: code } = order.dataset;
      if (code === "best") order.textContent = this.t(q ? "order_best" : near ? "order_near" : "order_middle");
      if (code === "distance") order.hidden = !(q && near);
      order.setAttribute("aria-current", String(code === (sort || "best")));
      if (code === (sort || "best")) this.order.textContent = order.textContent;
    }
  }

  #chip(panel, state) {
    const params = panel.dataset.params.split(" ");
    const boxes = this.#boxes(panel);
    const isHere = ([param, code]) =>
      params.includes(param) && boxes.some((input) => input.name === param && input.value === code);
    const hasAny = values(state).some(isHere) || (params.includes("near") && Boolean(state.near));
    panel.querySelector("[data-clear-panel]").hidden = !hasAny;
  }

  // Cities of the chosen countries; all of them when none is chosen.
  #cities(state) {
    const chosen = state.filters.country ?? [];
    for (const row of this.later.all(this.form, "[data-cities] [data-country]")) {
      const isChecked = row.querySelector("input").checked;
      row.hidden = chosen.length > 0 && !chosen.includes(row.dataset.country) && !isChecked;
    }
  }

  // What the words of the search named; the words themselves stand in their field.
  showMeant(state, understood) {
    this.meant = { words: state.q, chips: understood?.filters ?? [] };
    this.#showActive(state);
  }

  #showActive(state) {
    const focused = this.#focused();
    const meant = this.meant?.words === state.q ? this.meant.chips : [];
    const chips = [...this.placeChips(state), ...this.#otherChips(state)];
    chips.unshift(...meant.map((one) => this.#chipOf(one.name, { param: "off", code: `${one.param}:${one.code}` })));
    const quoted = this.t("quoted", { text: state.q });
    if (state.q && !meant.length) chips.unshift(this.#chipOf(quoted, { param: "q", code: "" }));
    const reset = h("button", { class: "chip-reset", type: "button", "data-reset": true }, this.t("clear_all"));
    this.active.replaceChildren(...chips, ...(chips.length ? [reset] : []));
    this.number.hidden = chips.length === 0;
    this.number.querySelector("[data-chosen-count]").textContent = String(chips.length);
    if (focused !== null) this.#giveFocus(focused);
  }

  // What was said of the place.
  placeChips(state) {
    const chips = values(state)
      .filter(([param]) => WHERE.includes(param) && !(param in this.locked))
      .map(([param, code]) => this.#chipOf(this.nameOf(param, code), { param, code }));
    if (state.near) {
      const name = state.near.mine ? this.t("near_me") : this.t("near", { name: state.near.name });
      chips.unshift(this.#chipOf(name, { param: "near", code: "" }));
    }
    return chips;
  }

  #otherChips(state) {
    const { found, left } = toldTogether("service" in this.locked ? [] : (state.filters.service ?? []), this.needs);
    const tiles = found.map(([name, codes]) => this.#chipOf(name, { param: "service", code: codes.join(",") }));
    const single = values(state).filter(
      ([param, code]) =>
        !WHERE.includes(param) && !(param in this.locked) && (param !== "service" || left.includes(code)),
    );
    return [...tiles, ...single.map(([param, code]) => this.#chipOf(this.nameOf(param, code), { param, code }))];
  }

  // Which condition the keyboard is at: its chip, or the switch that becomes a chip. null where it is elsewhere.
  #focused() {
    const at = document.activeElement;
    if (this.active.contains(at)) return at.dataset.drop ?? "";
    return at?.closest?.(".toggle") ? `${at.name}:${at.value}` : null;
  }

  #giveFocus(drop) {
    const chips = [...this.active.querySelectorAll("[data-drop]")];
    const next = chips.find((chip) => chip.dataset.drop === drop) ?? chips[0] ?? this.form.querySelector("summary");
    next.focus({ preventScroll: true });
  }

  #chipOf(name, { param, code }) {
    return h(
      "button",
      { class: "chip on", type: "button", "data-drop": `${param}:${code}` },
      name,
      icon("x"),
      hiddenText(` ${this.t("remove")}`),
    );
  }

  pressed(event) {
    const button = event.target.closest("[data-drop], [data-reset]");
    if (!button) return;
    event.preventDefault();
    if ("reset" in button.dataset) {
      this.on.reset();
      return;
    }
    const [param, ...code] = button.dataset.drop.split(":");
    this.on.drop(param, code.join(":"));
  }

  // `counts`: {param: {code: n}}. Values that would find nothing stay, quietly.
  showCounts(counts) {
    for (const place of this.later.all(this.form, "[data-count]")) {
      const [param, ...rest] = place.dataset.count.split(":");
      const n = counts[param]?.[rest.join(":")] ?? 0;
      place.textContent = String(n);
      place.closest("label").classList.toggle("zero", n === 0);
    }
  }

  showTotal(text) {
    for (const button of this.form.querySelectorAll("[data-apply]")) button.textContent = text;
  }
}
