// On a phone the list is a sheet over the map with three stops. Dragging the handle, pressing it, or the button
// «List»/«Map» move it; on a wide screen none of this acts.

export const STOPS = ["peek", "half", "full"];
const NARROW = "(max-width: 47.99rem) and (orientation: portrait), (max-width: 35.99rem)";
const TOP = 68; // search
const PEEK = 132; // handle, filters, the line above the list
const TABS = "(max-width: 28.12rem)"; // a narrow embed, as css/embed.css says it
const TABBED = 104; // two tabs and the filters
const READING = [80, 8]; // pixels scrolled from which, and down to which, only the list is there
const ROOM = 240; // pixels of list that are needed for it
const SWIPE = 0.5; // pixels per millisecond: a flick goes one stop on

// The stop to rest at after a drag: by speed (px/ms, up is positive), else the nearest height.
export function restingStop(height, speed, heights, current) {
  const index = STOPS.indexOf(current);
  if (speed > SWIPE) return STOPS[Math.min(index + 1, STOPS.length - 1)];
  if (speed < -SWIPE) return STOPS[Math.max(index - 1, 0)];
  return STOPS.reduce((best, stop) =>
    Math.abs(heights[stop] - height) < Math.abs(heights[best] - height) ? stop : best,
  );
}

export class Sheet {
  constructor(root) {
    this.root = root;
    this.sheet = root.querySelector("[data-sheet]");
    this.handle = root.querySelector("[data-sheet-handle]");
    this.switch = root.querySelector("[data-view-switch]");
    this.media = window.matchMedia(NARROW);
    this.tabs = "embed" in root.dataset ? window.matchMedia(TABS) : null;
    this.stop = "half";
    this.handle.addEventListener("click", () => this.#next());
    this.handle.addEventListener("pointerdown", (event) => this.#drag(event));
    root.querySelector(".results-head").addEventListener("pointerdown", (event) => this.#drag(event));
    for (const button of this.switch.querySelectorAll("[data-show]")) {
      button.addEventListener("click", () => this.moveTo(button.dataset.show === "list" ? "full" : "peek"));
    }
    this.scroller = root.querySelector("[data-sheet-scroll]");
    this.scroller.addEventListener("scroll", () => this.#readOn(), { passive: true });
    this.switch.hidden = false;
    this.moveTo(this.isTabbed ? "peek" : "half");
  }

  // A list alone or a map alone, in an embed, has no sheet.
  get isNarrow() {
    return this.media.matches && this.root.dataset.view === "split";
  }

  // In a narrow embed, where half a map and half a list are neither: one of the two at a time.
  get isTabbed() {
    return this.isNarrow && Boolean(this.tabs?.matches);
  }

  get #least() {
    return this.isTabbed ? TABBED : PEEK;
  }

  // Pixels of the map that lie under other things: [top, right, bottom, left].
  get covered() {
    if (!this.isNarrow) return [0, 0, 0, 0];
    return [TOP, 0, this.stop === "peek" ? this.#least : Math.round(this.root.clientHeight * 0.46), 0];
  }

  #heights() {
    const whole = this.root.clientHeight;
    const half = "start" in this.root.dataset ? whole - TOP - PEEK / 2 : whole * 0.46;
    return { peek: this.#least, half: Math.round(half), full: whole - TOP };
  }

  moveTo(stop) {
    this.stop = stop;
    this.root.dataset.sheet = stop;
    this.sheet.style.removeProperty("--drag");
    this.#readOn();
    this.handle.setAttribute("aria-expanded", String(stop !== "peek"));
    for (const button of this.switch.querySelectorAll("[data-show]")) {
      const isShown = (button.dataset.show === "list") === (stop === "full");
      button.hidden = isShown && !this.isTabbed;
      button.setAttribute("aria-pressed", String(isShown));
    }
  }

  // Whoever reads on in the whole list needs no search and no notice above it.
  #readOn() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    const { classList } = document.documentElement;
    const isReading = classList.contains("is-reading");
    const isFar = scrollTop > READING[isReading ? 1 : 0] && (isReading || scrollHeight - clientHeight > ROOM);
    classList.toggle("is-reading", this.isNarrow && this.stop === "full" && isFar);
  }

  #next() {
    if (this.wasDragged) return;
    this.moveTo({ peek: "half", half: "full", full: "peek" }[this.stop]);
  }

  #drag(start) {
    const isListed = this.stop === "full" && start.currentTarget !== this.handle;
    if (!this.isNarrow || isListed || start.button > 0 || start.target.closest("a, summary")) return;
    const heights = this.#heights();
    const from = heights[this.stop];
    let last = { y: start.clientY, time: start.timeStamp, speed: 0 };
    this.wasDragged = false;
    const move = (event) => {
      const passed = event.timeStamp - last.time || 1;
      last = { y: event.clientY, time: event.timeStamp, speed: (last.y - event.clientY) / passed };
      if (Math.abs(start.clientY - event.clientY) > 6) this.wasDragged = true;
      if (this.wasDragged)
        this.sheet.style.setProperty("--drag", `${this.#within(from + start.clientY - event.clientY, heights)}px`);
    };
    const end = () => {
      for (const name of ["pointermove", "pointerup", "pointercancel"])
        window.removeEventListener(name, name === "pointermove" ? move : end);
      if (!this.wasDragged) return;
      this.moveTo(restingStop(this.#within(from + start.clientY - last.y, heights), last.speed, heights, this.stop));
      setTimeout(() => {
        this.wasDragged = false;
      });
    };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", end);
    window.addEventListener("pointercancel", end);
  }

  #within(height, heights) {
    return Math.max(heights.peek, Math.min(heights.full, height));
  }
}
