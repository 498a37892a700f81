// Quick exit: a link that works without scripts; with them the page goes blank at once and does not come back.

import { forgetKept } from "#lib/kept.js";
import { mayHold, wipeInHaste } from "#lib/stored.js";

const FLAG = "left";
const PRESSES = 3;
const WITHIN_MS = 2000;

// Whether the times of key presses (ms, oldest first) make the sign for leaving.
export function isExitSign(times) {
  const last = times.slice(-PRESSES);
  return last.length === PRESSES && last[PRESSES - 1] - last[0] <= WITHIN_MS;
}

function remember(value) {
  // A sandboxed frame has no storage; leaving works there all the same.
  try {
    if (value) sessionStorage.setItem(FLAG, "1");
    else sessionStorage.removeItem(FLAG);
  } catch {
    /* nothing to remember */
  }
}

function hasLeft() {
  try {
    return sessionStorage.getItem(FLAG) === "1";
  } catch {
    return false;
  }
}

export function leave() {
  document.documentElement.classList.add("is-left");
  document.title = "";
  forgetKept();
  remember(true);
  const away = () => window.location.replace("about:blank");
  if (mayHold()) wipeInHaste().then(away, away);
  else away();
}

function stayAway(event) {
  const [entry] = performance.getEntriesByType("navigation");
  const cameBack = event.persisted || entry?.type === "back_forward";
  if (cameBack && hasLeft()) leave();
  else remember(false);
}

// What closes by itself on Escape, without a script that could say so.
const CLOSES_ITSELF = "dialog[open], [popover]:popover-open";

function isOpen(root) {
  try {
    return root.querySelector(CLOSES_ITSELF) !== null;
  } catch {
    return false; // a browser that does not know popovers has none open
  }
}

// A press counts when nobody had anything to close: whoever closes something by Escape calls preventDefault().
export function installExit(root) {
  let times = [];
  const count = (time, hadUse) => {
    times = hadUse ? [] : [...times, time].slice(-PRESSES);
    if (isExitSign(times)) leave();
  };
  root.addEventListener("click", (event) => {
    if (!event.target.closest("[data-exit]")) return;
    event.preventDefault();
    leave();
  });
  root.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || event.repeat) {
        times = [];
        return;
      }
      const [time, open] = [performance.now(), isOpen(root)];
      setTimeout(() => count(time, open || event.defaultPrevented)); // after all who listen for it
    },
    true,
  );
  window.addEventListener("pageshow", stayAway);
}
