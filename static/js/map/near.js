// "Near me" asks the device only when pressed; "where" suggests cities of our own list, and countries that have services.

import { words } from "#lib/folding.js";
import { Combobox } from "#map/combobox.js";
import { matches } from "#map/panels.js";

const PATIENCE_MS = 12_000;
const COUNTRIES_SHOWN = 3;

export class Near {
  // `on` = { near({lat, lon, name, mine}), country(code), reveal() → where the field to type in is }; `countries()` →
  // [{ code, name }] for a field that takes them as well
  constructor(root, { api, t, countries, on }) {
    Object.assign(this, { api, t, countries, on });
    for (const field of root.querySelectorAll("[data-near]")) this.#install(field);
    for (const button of root.querySelectorAll("[data-locate]"))
      button.addEventListener("click", () => this.#locate(button));
  }

  #install(field) {
    const takesCountries = "takesCountries" in field.dataset;
    new Combobox(field.querySelector("[data-near-input]"), field.querySelector("[data-near-list]"), {
      ask: (typed) => this.#ask(typed, takesCountries),
      onChoose: ({ country, city }) => {
        this.#forgetError(field);
        if (country) this.on.country(country);
        else this.on.near({ lat: city.lat, lon: city.lon, name: city.name, mine: false });
      },
      nothing: this.t("no_city"),
    });
  }

  async #ask(typed, takesCountries) {
    const fits = ({ name }) => takesCountries && words(typed).length > 0 && matches(name, typed);
    const countries = this.countries().filter(fits).slice(0, COUNTRIES_SHOWN);
    const { results } = await this.api.cities(typed);
    return [
      ...countries.map(({ code, name }) => ({ text: name, value: { country: code } })),
      ...results.map((city) => ({ text: city.name, detail: city.country_name ?? city.country, value: { city } })),
    ];
  }

  #locate(button) {
    button.setAttribute("aria-busy", "true");
    const done = () => button.removeAttribute("aria-busy");
    const fail = (key) => {
      done();
      this.#refuse(this.t(key));
    };
    if (!navigator.geolocation) {
      fail("position_failed");
      return;
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        done();
        this.on.near({ lat: coords.latitude, lon: coords.longitude, name: "", mine: true });
      },
      (error) => fail(error.code === error.PERMISSION_DENIED ? "position_refused" : "position_failed"),
      { enableHighAccuracy: false, timeout: PATIENCE_MS, maximumAge: 300_000 },
    );
  }

  // The words stand at the field that helps now, with the cursor in it.
  #refuse(text) {
    const field = this.on.reveal();
    const [error, input] = [field.querySelector("[data-near-error]"), field.querySelector("[data-near-input]")];
    error.textContent = text;
    error.hidden = false;
    input.setAttribute("aria-describedby", error.id);
    input.focus();
  }

  #forgetError(field) {
    field.querySelector("[data-near-error]").hidden = true;
    field.querySelector("[data-near-input]").removeAttribute("aria-describedby");
  }
}
