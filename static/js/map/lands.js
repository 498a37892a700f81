// What is said of the chosen countries stands in the page already: here it is shown and hidden as the question changes.

export function showLands(root, chosen = []) {
  for (const land of root.querySelectorAll("[data-land]")) {
    const isChosen = chosen.includes(land.dataset.land);
    land.hidden = !(isChosen || ("loud" in land.dataset && !chosen.length));
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
