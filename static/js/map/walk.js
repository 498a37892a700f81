// Pins by keyboard: Tab stops once among them, arrows go from pin to pin as one reads: row by row from the top, each row
// from the side where lines begin. The page holds them in that order too, for whoever listens to it from end to end.

const ROW = 44; // px: marks that stand less far below the first of a row belong to it

// `whereIs(mark)` → { x, y }
export function readingOrder(marks, whereIs, isRtl = false) {
  const rows = [];
  for (const one of marks.map((mark) => ({ mark, ...whereIs(mark) })).sort((a, b) => a.y - b.y)) {
    const row = rows[rows.length - 1];
    if (row && one.y - row[0].y < ROW) row.push(one);
    else rows.push([one]);
  }
  const side = isRtl ? -1 : 1;
  return rows.flatMap((row) => row.sort((a, b) => side * (a.x - b.x)).map(({ mark }) => mark));
}

export class Walk {
  constructor(map) {
    this.map = map;
    this.order = [];
    this.stop = null;
    map.getContainer().addEventListener("keydown", (event) => this.#pressed(event));
    map.getContainer().addEventListener("focusin", ({ target }) => this.order.includes(target) && this.#stopAt(target));
  }

  // After marks came or left. → the elements in reading order
  update(marks) {
    const whereIs = (mark) => this.map.latLngToLayerPoint(mark.getLatLng());
    this.order = readingOrder([...marks], whereIs, isRtl()).map((mark) => mark.getElement());
    arrange(this.order);
    this.#stopAt(this.order.includes(this.stop) ? this.stop : this.order[0]);
    return this.order;
  }

  #stopAt(element) {
    this.stop = element ?? null;
    for (const one of this.order) one.tabIndex = one === element ? 0 : -1;
  }

  #pressed(event) {
    const here = this.order.indexOf(event.target);
    if (here < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    const onward = isRtl() ? -1 : 1;
    const last = this.order.length - 1;
    const next = {
      ArrowDown: here + 1,
      ArrowUp: here - 1,
      ArrowRight: here + onward,
      ArrowLeft: here - onward,
      Home: 0,
      End: last,
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.order[Math.min(last, Math.max(0, next))].focus();
  }
}

// One that has the focus is not moved itself: it would lose it.
function arrange(elements) {
  const fixed = elements.indexOf(document.activeElement);
  elements.forEach((element, index) => {
    if (index < fixed) elements[fixed].before(element);
    else if (index !== fixed) element.parentNode.append(element);
  });
}

function isRtl() {
  return document.documentElement.dir === "rtl";
}
