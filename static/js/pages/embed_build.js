// Putting an embed together: each change renews the preview and the codes, which the server makes. Buttons of the page copy.

const WAIT = 300;
const form = document.querySelector("[data-build]");
const made = document.querySelector("[data-made]");
const said = document.querySelector("[data-said]");
let timer = 0;
let asking = null;

function reveal() {
  for (const element of document.querySelectorAll("[data-needs-script]")) element.hidden = false;
}

// What was chosen a moment ago is not in the codes yet: until it is, none of them is copied.
function wait() {
  made.setAttribute("aria-busy", "true");
  for (const button of made.querySelectorAll("[data-copy-from]")) button.disabled = true;
}

// What is empty says nothing: the address stays short.
function query() {
  const given = [...new FormData(form)].filter(([, value]) => value !== "");
  return new URLSearchParams(given).toString();
}

async function renew() {
  asking?.abort();
  asking = new AbortController();
  const address = `${window.location.pathname}?${query()}`;
  try {
    const answer = await fetch(address, { signal: asking.signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-made]");
    if (!fresh) return form.submit();
    made.replaceChildren(...fresh.childNodes);
    made.removeAttribute("aria-busy");
    window.history.replaceState(window.history.state, "", address);
    said.textContent = said.dataset.done;
    reveal();
  } catch (error) {
    if (error.name !== "AbortError") form.submit();
  }
}

form.addEventListener("input", () => {
  window.clearTimeout(timer);
  said.textContent = "";
  wait();
  timer = window.setTimeout(renew, WAIT);
});
form.querySelector(".build-press").hidden = true;
reveal();
