// Buttons on the map: everything that a drag, a wheel or two fingers do, one press does as well.

export function installTools(root, view) {
  for (const button of root.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => view.zoomBy(Number(button.dataset.zoom)));
  }
  for (const button of root.querySelectorAll("[data-pan]")) {
    const [x, y] = button.dataset.pan.split(",").map(Number);
    button.addEventListener("click", () => view.pan(x, y));
  }
  const toggle = root.querySelector("[data-pan-toggle]");
  const pad = root.querySelector("#pan-pad");
  toggle.addEventListener("click", () => {
    pad.hidden = !pad.hidden;
    toggle.setAttribute("aria-expanded", String(!pad.hidden));
  });
  const legend = root.querySelector("[data-legend]");
  if (legend) legend.open = window.matchMedia("(min-width: 85rem) and (min-height: 52rem)").matches;
}
