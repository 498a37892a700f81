// A text field with suggestions (the combobox pattern). Without scripts the field is an ordinary one.
import { h } from "#lib/dom.js";

const PAUSE = 180;
const SHORTEST = 2;

// `find(text)` resolves to items or null (overtaken); `line(item)` gives child nodes; `choose(item)` takes it.
export function suggest(input, list, { find, line, choose }) {
  let items = [];
  let active = -1;
  let timer = 0;

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function mark(index) {
    active = index;
    for (const [at, option] of [...list.children].entries()) option.setAttribute("aria-selected", String(at === index));
    input.setAttribute("aria-activedescendant", list.children[index].id);
    list.children[index].scrollIntoView({ block: "nearest" });
  }

  function take(index) {
    choose(items[index]);
    close();
  }

  function show(found) {
    items = found;
    list.replaceChildren(
      ...found.map((item, index) =>
        h(
          "li",
          {
            role: "option",
            id: `${list.id}-${index}`,
            "aria-selected": "false",
            onmousedown: (event) => {
              event.preventDefault();
              take(index);
            },
          },
          ...line(item),
        ),
      ),
    );
    list.hidden = !found.length;
    active = -1;
    input.setAttribute("aria-expanded", String(found.length > 0));
  }

  async function ask() {
    const text = input.value.trim();
    if (text.length < SHORTEST) {
      close();
      return;
    }
    const found = await find(text);
    if (found && document.activeElement === input) show(found);
  }

  function onKey(event) {
    if (list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      mark((active + step + items.length) % items.length);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      take(active);
    } else if (event.key === "Escape") {
      event.preventDefault(); // had its use: no sign for leaving
      close();
    }
  }

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-autocomplete", "list");
  input.autocomplete = "off";
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("keydown", onKey);
  input.addEventListener("blur", close);
}
