// The desk: finding among my services while I type, and changing the organisation without a second press.
import { sift } from "#forms/sift.js";

const search = document.querySelector("[data-desk-search]");
const said = document.querySelector("[data-desk-found]");
const groups = [...document.querySelectorAll("[data-desk-group]")];

function siftRows() {
  let found = 0;
  for (const group of groups) {
    const rows = [...group.querySelectorAll("[data-desk-row]")];
    const shown = sift(
      rows,
      (row) => row.dataset.text,
      search.value,
      (row, fits) => row.classList.toggle("is-out", !fits),
    );
    group.classList.toggle("is-empty", shown === 0 && search.value.trim() !== "");
    found += shown;
  }
  said.textContent = search.value.trim() ? String(found) : "";
}

search?.addEventListener("input", siftRows);
document.querySelector("[data-submits]")?.addEventListener("change", (event) => event.target.form.requestSubmit());
