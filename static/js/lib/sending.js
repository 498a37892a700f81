// A form that is sent over a bad line: where the answer does not come, the page says so and keeps what was typed. The
// key of the form (template tag form_key) lets it be sent again without being taken twice. Without scripts the browser
// sends it as ever.

import { h } from "#lib/dom.js";

const PATIENCE = 30 * 1000;

// The answer in the place of what was sent; our own markup, as the server draws it.
function show(text) {
  const parsed = new DOMParser().parseFromString(text, "text/html");
  const [old, fresh] = [document.querySelector("main"), parsed.querySelector("main")];
  if (!fresh) return false;
  document.title = parsed.title;
  old.replaceWith(document.importNode(fresh, true));
  const main = document.querySelector("main");
  for (const element of main.querySelectorAll("[data-needs-script]")) element.hidden = false;
  window.scrollTo(0, 0);
  (main.querySelector("[data-focus]") ?? main).focus();
  return true;
}

function tell(form) {
  const said = form.querySelector("[data-cut-said]");
  said?.remove();
  const words = h("p", { class: "errors", role: "alert", tabindex: "-1", "data-cut-said": true }, form.dataset.cut);
  form.querySelector(".actions").before(words);
  words.focus();
}

async function send(form) {
  const body = new URLSearchParams(new FormData(form));
  const options = { method: "POST", body, signal: AbortSignal.timeout?.(PATIENCE), headers: { Accept: "text/html" } };
  const answer = await fetch(form.action, options);
  const text = await answer.text();
  if (answer.redirected) window.location.assign(answer.url);
  // A page with a script of its own begins anew; what is sent again by it has the same key.
  else if ((!answer.ok && form.dataset.cutAnew !== undefined) || !show(text)) form.submit();
}

// `[data-cut]` are the words for a send that was cut.
export function installSending(page) {
  page.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.dataset.cut === undefined || event.defaultPrevented) return;
    event.preventDefault();
    if (form.ariaBusy === "true") return;
    form.ariaBusy = "true";
    try {
      await send(form);
    } catch {
      tell(form);
    }
    form.ariaBusy = null;
  });
}
