// Quick exit: a link that works without scripts; with them the page goes blank at once and does not come back.

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
  remember(true);
  window.location.replace("about:blank");
}

function stayAway(event) {
  const [entry] = performance.getEntriesByType("navigation");
  const cameBack = event.persisted || entry?.type === "back_forward";
  if (cameBack && hasLeft()) leave();
  else remember(false);
}

export function installExit(root) {
  let times = [];
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
      times = [...times, performance.now()].slice(-PRESSES);
      if (isExitSign(times)) leave();
    },
    true,
  );
  window.addEventListener("pageshow", stayAway);
}
