// Small tools of ordinary pages, switched on by data attributes.

import { copy } from "#lib/copy.js";

const TOOLS = "[data-share], [data-copy], [data-copy-from], [data-print], [data-back], [data-keep-fragment]";

const canShare = () => Boolean(navigator.share || navigator.clipboard);

async function share(button) {
  const address = window.location.href.split("#")[0];
  if (navigator.share) {
    try {
      await navigator.share({ title: document.title, url: address });
    } catch {
      /* the visitor closed the dialogue */
    }
    return;
  }
  await navigator.clipboard.writeText(address);
  const before = button.dataset.label ?? button.lastChild.textContent;
  button.dataset.label = before;
  button.lastChild.textContent = button.dataset.done;
}

// Back to the map as it was left: its filters and its view are in the history, not in the link.
function goBack(event, link) {
  if (document.referrer.split("?")[0] !== link.href || window.history.length < 2) return;
  event.preventDefault();
  window.history.back();
}

function keepFragment(link) {
  link.hash = window.location.hash;
}

// What stands in the field with that id at the moment of the press.
function copyFrom(root, button) {
  copy(button, root.querySelector(`#${button.dataset.copyFrom}`).value, button.dataset.done);
}

export function installPageTools(root) {
  for (const element of root.querySelectorAll("[data-needs-script]")) {
    element.hidden = "share" in element.dataset && !canShare();
  }
  root.querySelector("[data-focus]")?.focus();
  // Paper has nothing to unfold.
  window.addEventListener("beforeprint", () => {
    for (const folded of root.querySelectorAll("[data-folded]")) folded.open = true;
  });
  root.addEventListener("click", (event) => {
    const target = event.target.closest(TOOLS);
    if (!target) return;
    if ("share" in target.dataset) share(target);
    else if ("copy" in target.dataset) copy(target, target.dataset.copy, target.dataset.done);
    else if ("copyFrom" in target.dataset) copyFrom(root, target);
    else if ("print" in target.dataset) window.print();
    else if ("back" in target.dataset) goBack(event, target);
    else keepFragment(target);
  });
}
