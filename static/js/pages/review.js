// Asking and refusing unfold one at a time, with the caret in the reason.
const returns = [...document.querySelectorAll("details.return")];

for (const details of returns) {
  details.addEventListener("toggle", () => {
    if (!details.open) return;
    returns.filter((other) => other !== details).forEach((other) => { other.open = false; });
    details.querySelector("textarea").focus();
  });
}

// Ticking "Return" says at once what the green button will do, and that a note is needed then.
const ticks = [...document.querySelectorAll("input[name=returned]")];
const note = document.querySelector("#decision [name=note]");

function tell() {
  const back = new Set(ticks.filter((tick) => tick.checked).map((tick) => tick.value));
  document.querySelectorAll("tr[data-path]").forEach((row) => row.classList.toggle("goes-back", back.has(row.dataset.path)));
  document.querySelectorAll("[data-whole]").forEach((words) => { words.hidden = back.size > 0; });
  document.querySelectorAll("[data-part]").forEach((words) => { words.hidden = back.size === 0; });
  if (!note) return;
  note.required = back.size > 0;
  note.closest(".field").querySelectorAll(".optional").forEach((word) => { word.hidden = back.size > 0; });
}

ticks.forEach((tick) => tick.addEventListener("change", tell));
if (ticks.length) tell();
