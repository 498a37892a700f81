// Where a service comes to: a country, a region or a city that is chosen becomes a line.

import { asker } from "#forms/post.js";
import { suggest } from "#forms/suggest.js";
import { h } from "#lib/dom.js";

// The line that the server reads as this very place: a city by its number where others may have its name.
export const lineOf = ({ id, name, line }, all) =>
  line ?? (all.filter((other) => other.name === name).length > 1 ? `${name} #${id}` : name);

export function withLine(text, line) {
  const lines = text.split("\n").map((one) => one.trim());
  return lines.includes(line) ? text : [...lines.filter(Boolean), line].join("\n");
}

export function installArea(form, root, config) {
  const lines = form.elements.area;
  const input = root.querySelector("[data-add-area]");
  const ask = asker(form);
  let found = [];
  suggest(input, root.querySelector("#area-suggestions"), {
    find: async (q) => {
      const answer = await ask(config.cities, { q, wider: "1" });
      found = answer?.results ?? found;
      return answer && found;
    },
    line: (city) => [
      h("span", {}, city.name),
      h("span", { class: "small" }, [city.country_name, city.size].filter(Boolean).join(", ")),
    ],
    choose: (city) => {
      lines.value = withLine(lines.value, `${lineOf(city, found)}`);
      input.value = "";
      lines.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
}
