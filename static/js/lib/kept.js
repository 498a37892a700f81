// What a page keeps for itself in this tab: it goes with the tab, and at once when somebody leaves in haste.

const PREFIX = "kept:";

// A sandboxed frame has no storage; nothing is kept there.
function storage() {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}

export function keep(name, value) {
  try {
    storage()?.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    /* no room: what is not kept is asked again */
  }
}

export function kept(name) {
  const text = storage()?.getItem(PREFIX + name);
  return text ? JSON.parse(text) : null;
}

export function forgetKept() {
  const found = storage();
  if (!found) return;
  for (const name of Object.keys(found)) if (name.startsWith(PREFIX)) found.removeItem(name);
}
