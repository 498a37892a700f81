// Other ways to a pin than the hand: what was pasted, where somebody is, the address. Each says what it found.

import { asker } from "#forms/post.js";
import { h } from "#lib/dom.js";
import { fill } from "#lib/text.js";

const DOOR = 17;
const STREET = 16;
const CITY = 12;
const CLOSE = { door: DOOR, street: STREET, city: CITY };
const PATIENCE_MS = 15000;

// `place` is the pin, `tell(words)` says something beside the map.
export function installPointTools(form, { config, map, place, tell }) {
  const field = (name) => form.elements[name];
  const lookAt = ({ lat, lon }, zoom) => {
    map.streets.open();
    map.setView([lat, lon], zoom);
  };

  const askPoint = asker(form);
  field("pasted").addEventListener("input", async () => {
    const text = field("pasted").value.trim();
    const found = text ? await askPoint(config.point, { text, country: field("country").value }) : null;
    if (!found?.said) return;
    if (found.lat !== undefined) {
      place.write({ lat: found.lat, lng: found.lon });
      lookAt(found, DOOR);
      field("pasted").value = "";
    }
    tell(found.said);
  });

  form.querySelector("[data-locate]").addEventListener("click", () => {
    const refused = () => tell(config.texts.noPosition);
    const found = ({ coords: { latitude: lat, longitude: lon, accuracy } }) => {
      place.write({ lat, lng: lon });
      lookAt({ lat, lon }, DOOR);
      tell(fill(config.texts.here, { metres: Math.max(1, Math.round(accuracy)) }));
    };
    if (!navigator.geolocation) return refused();
    navigator.geolocation.getCurrentPosition(found, refused, { enableHighAccuracy: true, timeout: PATIENCE_MS });
  });

  const askAddress = asker(form);
  const list = form.querySelector("[data-found-addresses]");
  const goTo = (point) => {
    list.hidden = true;
    if (point.found === "door") place.write({ lat: point.lat, lng: point.lon });
    lookAt(point, CLOSE[point.found]);
    tell(fill(config.texts[point.found], { name: point.name }));
  };
  form.querySelector("[data-find-address]").addEventListener("click", async () => {
    const values = { address: field("address").value, city: field("city").value, country: field("country").value };
    const results = (await askAddress(config.address, values))?.results ?? [];
    list.hidden = results.length < 2;
    if (results.length === 1) return goTo(results[0]);
    tell(results.length ? config.texts.several : config.texts.notFound);
    list.replaceChildren(
      ...results.map((point) =>
        h("li", {}, h("button", { type: "button", class: "btn small quiet", onclick: () => goTo(point) }, point.name)),
      ),
    );
  });
}
