// What may be there already, told while a service, a place or an organisation is entered. Without scripts the form is the same without it.
import { asker } from "#forms/post.js";
import { h } from "#lib/dom.js";

const PAUSE = 600;

// What of the form tells one from another (`names` begin so), in the order of the form; `known` is what is edited.
export function asked(form, names, known) {
  const values = [...new FormData(form)].filter(([name]) => names.test(name));
  return known[1] ? [...values, known] : values;
}

// Those that the person has not called another one yet.
export function fresh(results, others) {
  return results.filter((one) => !others.has(one.id));
}

function line(one) {
  return h(
    "li",
    {},
    h("a", { href: one.url, target: "_blank", rel: "noopener" }, one.title),
    h("span", {}, one.place),
    h("span", { class: "small" }, one.why),
  );
}

// A form that offers nothing of the kind has no `box`.
export function watch(form, box) {
  if (!box) return;
  const list = box.querySelector("[data-alike-list]");
  const ask = asker(form);
  const { of = "title|types|places|remote", key = "service", service = "" } = box.dataset;
  const names = new RegExp(`^(${of})`);
  const others = new Set();
  let shown = [];
  let before = "";
  let timer = 0;

  function show(results) {
    shown = fresh(results, others);
    list.replaceChildren(...shown.map(line));
    box.hidden = shown.length === 0;
  }

  async function look() {
    const values = asked(form, names, [key, service]);
    const said = JSON.stringify(values);
    if (said === before) return;
    before = said;
    const answer = await ask(box.dataset.alike, values);
    if (answer) show(answer.results);
  }

  form.addEventListener("input", (event) => {
    if (!names.test(event.target.name ?? "")) return;
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });
  box.querySelector("[data-alike-other]").addEventListener("click", () => {
    for (const one of shown) others.add(one.id);
    show([]);
  });
}
