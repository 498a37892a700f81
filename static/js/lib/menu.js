// <details class="menu">: closes on Escape and on a press beside it.

function openMenus(root) {
  return root.querySelectorAll("details.menu[open]");
}

export function installMenus(root) {
  root.addEventListener("click", (event) => {
    for (const menu of openMenus(root)) if (!menu.contains(event.target)) menu.open = false;
  });
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of openMenus(root)) {
      event.preventDefault(); // had its use: no sign for leaving
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
}
