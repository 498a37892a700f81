// "Near me" asks the device only when pressed; "near a city" suggests names from our own list of places.

import { h } from "#lib/dom.js";

const PAUSE_MS = 200;
const PATIENCE_MS = 12_000;

export class Near {
  // `onNear({lat, lon, name, mine})`
  constructor(root, { api, t, onNear }) {
    Object.assign(this, { api, t, onNear });
    this.input = root.querySelector("[data-near-input]");
    this.options = root.querySelector("[data-near-list]");
    this.error = root.querySelector("[data-near-error]");
    this.chosen = -1;
    for (const button of root.querySelectorAll("[data-locate]"))
      button.addEventListener("click", () => this.#locate(button));
    this.input.addEventListener("input", () => this.#typed());
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.input.addEventListener("blur", () => this.#close());
  }

  #locate(button) {
    this.error.hidden = true;
    button.setAttribute("aria-busy", "true");
    const done = () => button.removeAttribute("aria-busy");
    const fail = (key) => {
      done();
      this.#say(this.t(key));
    };
    if (!navigator.geolocation) {
      fail("position_failed");
      return;
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        done();
        this.onNear({ lat: coords.latitude, lon: coords.longitude, name: "", mine: true });
      },
      (error) => fail(error.code === error.PERMISSION_DENIED ? "position_refused" : "position_failed"),
      { enableHighAccuracy: false, timeout: PATIENCE_MS, maximumAge: 300_000 },
    );
  }

  // Where the panel is closed, the words go to the map's own place for troubles.
  #say(text) {
    this.error.textContent = text;
    this.error.hidden = false;
    this.error.dispatchEvent(new CustomEvent("trouble", { bubbles: true, detail: text }));
  }

  #typed() {
    clearTimeout(this.timer);
    const words = this.input.value.trim();
    if (words.length < 2) this.#close();
    else this.timer = setTimeout(() => this.#suggest(words), PAUSE_MS);
  }

  async #suggest(words) {
    try {
      const { results } = await this.api.cities(words);
      this.#show(results);
    } catch (error) {
      if (error.kind !== "aborted") this.#close();
    }
  }

  #show(cities) {
    this.cities = cities;
    this.chosen = -1;
    const rows = cities.map((city, index) =>
      h(
        "li",
        {
          id: `near-${index}`,
          role: "option",
          "aria-selected": "false",
          onpointerdown: (event) => event.preventDefault(),
          onclick: () => this.#choose(index),
        },
        city.name,
        h("span", { class: "small" }, ` ${city.country_name ?? city.country ?? ""}`),
      ),
    );
    this.options.replaceChildren(
      ...(rows.length
        ? rows
        : [
            h(
              "li",
              { class: "quiet", role: "option", "aria-disabled": "true", "aria-selected": "false" },
              this.t("no_city"),
            ),
          ]),
    );
    this.options.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
  }

  #close() {
    this.options.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  #mark(index) {
    this.chosen = index;
    for (const [at, row] of this.options.querySelectorAll("[id]").entries())
      row.setAttribute("aria-selected", String(at === index));
    this.input.setAttribute("aria-activedescendant", `near-${index}`);
    this.options.children[index]?.scrollIntoView({ block: "nearest" });
  }

  #key(event) {
    if (this.options.hidden || !this.cities?.length) return;
    const last = this.cities.length - 1;
    if (event.key === "ArrowDown") this.#mark(this.chosen >= last ? 0 : this.chosen + 1);
    else if (event.key === "ArrowUp") this.#mark(this.chosen <= 0 ? last : this.chosen - 1);
    else if (event.key === "Enter") this.#choose(Math.max(0, this.chosen));
    else if (event.key === "Escape") {
      this.#close();
      event.stopPropagation();
    } else return;
    event.preventDefault();
  }

  #choose(index) {
    const city = this.cities[index];
    this.#close();
    this.input.value = "";
    this.onNear({ lat: city.lat, lon: city.lon, name: city.name, mine: false });
  }
}
