// A link that names a field puts the cursor there: what is folded around it opens, and a group gives its first control.

const CONTROL = "input:not([type=hidden]):not(:disabled), select, textarea";

export function arrive(root) {
  const target = root.getElementById(window.location.hash.slice(1));
  if (!target?.closest("form")) return;
  const control = target.matches(CONTROL) ? target : target.querySelector(CONTROL);
  for (let fold = (control ?? target).closest("details"); fold; fold = fold.parentElement.closest("details"))
    fold.open = true;
  target.scrollIntoView({ block: "start" });
  control?.focus({ preventScroll: true });
}
