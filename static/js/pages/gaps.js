// Arrow keys go from cell to cell of the matrix; Home and End to the ends of a row. Enter opens, as of any link.
const table = document.querySelector("[data-gaps]");
const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

function rows() {
  return [...table.querySelectorAll("tbody tr:not(.part)")].map((row) =>
    [...row.querySelectorAll("td a")].filter((link) => link.getClientRects().length),
  );
}

function target(event, grid, line, column) {
  const row = grid[line];
  if (event.key === "Home") return row[0];
  if (event.key === "End") return row[row.length - 1];
  const move = MOVES[event.key];
  if (!move) return null;
  return grid[line + move[0]]?.[Math.max(0, Math.min(row.length - 1, column + move[1]))];
}

table?.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const grid = rows();
  const line = grid.findIndex((row) => row.includes(document.activeElement));
  if (line < 0) return;
  const next = target(event, grid, line, grid[line].indexOf(document.activeElement));
  if (!next) return;
  event.preventDefault();
  next.focus();
});
