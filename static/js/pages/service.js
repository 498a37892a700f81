// The form of a service: finding a kind of service, counting what is chosen, marking the chosen groups of people.
import { watch } from "#forms/alike.js";
import { sift } from "#forms/sift.js";

const types = document.querySelector("[data-types]");
const groups = [...types.querySelectorAll("[data-type-group]")];
const search = types.querySelector("[data-types-search]");
const said = types.querySelector("[data-types-found]");
const openBefore = new Map();

function count(group) {
  const chosen = group.querySelectorAll(":checked").length;
  group.querySelector("[data-type-count]").textContent = chosen || "";
}

function siftTypes() {
  const question = search.value;
  let found = 0;
  for (const group of groups) {
    const leaves = [...group.querySelectorAll("[data-words]")];
    const shown = sift(
      leaves,
      (leaf) => leaf.dataset.words,
      question,
      (leaf, fits) => {
        leaf.hidden = !fits;
      },
    );
    if (!openBefore.has(group)) openBefore.set(group, group.open);
    group.hidden = shown === 0;
    group.open = question.trim() ? shown > 0 : openBefore.get(group);
    if (!question.trim()) openBefore.delete(group);
    found += shown;
  }
  said.textContent = found ? "" : said.dataset.none;
  said.classList.toggle("visually-hidden", found > 0);
}

search.addEventListener("input", siftTypes);
search.addEventListener("keydown", (event) => {
  if (event.key === "Enter") event.preventDefault();
});
types.addEventListener("change", (event) => {
  const group = event.target.closest("[data-type-group]");
  if (group) count(group);
});
document.querySelectorAll(".welcome-line select").forEach((select) => {
  select.addEventListener("change", () => select.closest(".welcome-line").classList.toggle("on", select.value !== ""));
});

// «Не нужны» and a list of documents exclude each other.
document.querySelectorAll("[name=documents]").forEach((box, _at, boxes) => {
  box.addEventListener("change", () => {
    if (!box.checked) return;
    boxes.forEach((other) => {
      if ((other.value === "none") !== (box.value === "none")) other.checked = false;
    });
  });
});

// What is asked of the ticked kinds only; what is not asked is not sent.
const attributes = document.querySelector("[data-attributes]");
function askByKind() {
  const ticked = [...types.querySelectorAll("[name=types]:checked")].map((box) => box.value);
  const asked = [...attributes.querySelectorAll("[data-kinds]")].filter((question) => {
    const { kinds } = question.dataset;
    const isAsked = !kinds || kinds.split(" ").some((kind) => ticked.includes(kind));
    question.hidden = !isAsked;
    for (const box of question.querySelectorAll("input")) box.disabled = !isAsked;
    return isAsked;
  });
  attributes.hidden = asked.length === 0;
}
if (attributes) types.addEventListener("change", askByKind);

const alike = document.querySelector("[data-alike]");
if (alike) watch(alike.closest("form"), alike);
