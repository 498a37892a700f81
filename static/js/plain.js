// A classic script of 2015, for every browser: where a module of the page does not load, does not parse or breaks while
// it starts, the page is made what it is without scripts. Nothing stays hidden, no button is dead. The same is done of a
// page with [data-saves] for whoever asks their browser to save data: its heavy script is not fetched until they want it.

(() => {
  let isBroken = !("noModule" in HTMLScriptElement.prototype);
  function isWanted() {
    try {
      return sessionStorage.getItem("kept:map-wanted") !== null;
    } catch {
      return false;
    }
  }
  const { connection } = navigator;
  const isSaving = Boolean(connection) && connection.saveData === true && !isWanted();
  if (isSaving) document.documentElement.classList.add("is-saving");
  // Room is kept for what the modules will wake up.
  if (!isBroken) document.documentElement.classList.add("is-awake");

  // What stands in <noscript> comes out of it: our own markup, that a browser with scripts keeps as a text.
  function unwrap(noscript) {
    const parsed = new DOMParser().parseFromString(noscript.textContent, "text/html");
    const nodes = Array.from(parsed.head.childNodes).concat(Array.from(parsed.body.childNodes));
    for (const node of nodes) noscript.parentNode.insertBefore(document.importNode(node, true), noscript);
    noscript.parentNode.removeChild(noscript);
  }

  // A copy has no listeners: what had woken up half-way would only take presses and do nothing.
  function asleep(element) {
    const plain = document.createElement("div");
    for (const { name, value } of Array.from(element.attributes))
      if (name !== "data-sheet") plain.setAttribute(name, value);
    for (const child of Array.from(element.childNodes)) plain.appendChild(child.cloneNode(true));
    element.parentNode.replaceChild(plain, element);
  }

  // A list that waits for its answer: back to what the server wrote.
  function answered(element) {
    while (element.firstChild) element.removeChild(element.firstChild);
    for (const node of element.asServed) element.appendChild(node);
  }

  function makePlain() {
    const isLeftOut = isSaving && document.querySelector("[data-saves]") !== null;
    if (!(isBroken || isLeftOut) || document.documentElement.classList.contains("is-plain")) return;
    document.documentElement.classList.remove("is-reading");
    document.documentElement.classList.remove("is-awake");
    document.documentElement.classList.add("is-plain");
    Array.from(document.querySelectorAll("service-map *"))
      .filter((element) => element.asServed)
      .forEach(answered);
    Array.from(document.querySelectorAll("service-map")).forEach(asleep);
    for (const element of Array.from(document.querySelectorAll("[data-needs-script]"))) element.hidden = true;
    Array.from(document.querySelectorAll("noscript")).forEach(unwrap);
  }

  const isOurs = (address) => String(address).indexOf(`${window.location.origin}/`) === 0;
  function noticed(event) {
    const isScript = event.target instanceof HTMLScriptElement && event.target.type === "module";
    if (!isScript && !(event instanceof ErrorEvent && isOurs(event.filename))) return;
    isBroken = true;
    if (document.readyState === "complete") makePlain();
  }

  // Later than the start a mistake is one of a press, and the rest of the page goes on.
  window.addEventListener("error", noticed, true);
  window.addEventListener("load", () => {
    makePlain();
    window.removeEventListener("error", noticed, true);
  });
})();
