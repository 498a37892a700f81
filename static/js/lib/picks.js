// What somebody has put together: ids of services, kept in this tab alone. It goes with the tab and with a quick exit.

import { keep, kept } from "#lib/kept.js";

export const MOST = 30;
const ID = /(?<![0-9A-Za-z])[23456789abcdefghjkmnpqrstuvwxyz]{10}(?![0-9A-Za-z])/g;

const few = (ids) => [...new Set(ids)].slice(0, MOST);

// The ids behind the "#" of a link, in their order.
export const readIds = (hash) => few(hash.match(ID) ?? []);

export const picks = () => few(kept("picks") ?? []);

export const isPicked = (id) => picks().includes(id);

export function keepPicks(ids) {
  keep("picks", few(ids));
  document.dispatchEvent(new Event("picks"));
}

// Puts one in or takes it out; false where there is no room for one more.
export function toggle(id) {
  const ids = picks();
  if (ids.includes(id)) keepPicks(ids.filter((one) => one !== id));
  else if (ids.length < MOST) keepPicks([...ids, id]);
  else return false;
  return true;
}

function show(root) {
  const ids = picks();
  for (const star of root.querySelectorAll("[data-star]"))
    star.setAttribute("aria-pressed", String(ids.includes(star.dataset.star)));
  const way = root.querySelector("[data-picks]");
  if (!way) return;
  way.hidden = ids.length === 0;
  way.querySelector("[data-picks-count]").textContent = ids.length;
}

// The stars of a page and the way to what they have put together, which is there when there is something.
export function installPicks(root) {
  const said = root.querySelector("[data-picks-said]");
  root.addEventListener("click", (event) => {
    const star = event.target.closest("[data-star]");
    if (!star) return;
    event.preventDefault();
    const isDone = toggle(star.dataset.star);
    if (said) said.textContent = isDone ? `${said.dataset.now} ${picks().length}` : said.dataset.full;
    said?.classList.toggle("is-shown", !isDone);
  });
  root.addEventListener("picks", () => show(root));
  window.addEventListener("pageshow", () => show(root));
  show(root);
}
