// Asking and refusing unfold one at a time, with the first phrase ready to be ticked.
const returns = [...document.querySelectorAll("details.return")];

for (const details of returns) {
  details.addEventListener("toggle", () => {
    if (!details.open) return;
    for (const other of returns) if (other !== details) other.open = false;
    details.querySelector("input[type=checkbox], textarea").focus();
  });
}

// Ticking "Return" says at once what the green button will do, and that a note is needed then.
const ticks = [...document.querySelectorAll("input[name=returned]")];
const note = document.querySelector("#decision [name=note]");

function tell() {
  const back = new Set(ticks.filter((tick) => tick.checked).map((tick) => tick.value));
  for (const row of document.querySelectorAll("tr[data-path]"))
    row.classList.toggle("goes-back", back.has(row.dataset.path));
  for (const words of document.querySelectorAll("[data-whole]")) words.hidden = back.size > 0;
  for (const words of document.querySelectorAll("[data-part]")) words.hidden = back.size === 0;
  if (!note) return;
  note.required = back.size > 0;
  for (const word of note.closest(".field").querySelectorAll(".optional")) word.hidden = back.size > 0;
}

for (const tick of ticks) tick.addEventListener("change", tell);
if (ticks.length) tell();
