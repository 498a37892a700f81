// What is said of the chosen countries stands in the page already: here it is shown and hidden as the question changes.

export function showLands(root, chosen = [], services = []) {
  for (const land of root.querySelectorAll("[data-land]")) {
    hideOthers(land, services);
    const loud = [...land.children].filter((child) => child.classList.contains("banner"));
    const isLoud = "loud" in land.dataset && (!loud.length || loud.some((banner) => !banner.hidden));
    const isChosen = chosen.includes(land.dataset.land);
    land.hidden = !(isChosen || (isLoud && !chosen.length));
    land.querySelector("[data-land-chosen]").hidden = !isChosen;
  }
  const corridor = root.querySelector("[data-corridor]");
  if (!corridor) return;
  corridor.hidden = chosen.length !== 2;
  if (corridor.hidden) return;
  const [here, there] = chosen.map((code) => code.toLowerCase());
  const address = corridor.dataset.corridor.replace("/here/", `/${here}/`).replace("/there/", `/${there}/`);
  corridor.querySelector("a").setAttribute("href", address);
}

// What is about a kind of service is for those who look for it, or for nothing in particular.
function hideOthers(land, services) {
  for (const banner of land.querySelectorAll("[data-kinds]")) {
    const kinds = banner.dataset.kinds.split(" ");
    banner.hidden = services.length > 0 && !services.some((code) => kinds.includes(code));
  }
}
