// A finger or a button that is down on something: what it is about to open must not move away from under it. A click
// is only one where it began; a list that is drawn anew meanwhile loses it, or puts another phone number there.

// A touch becomes a click a moment after it ends (up to 300 ms where a second tap would enlarge the page).
const CLICK_WITHIN_MS = 400;
// Where nobody is told of the end (a menu of the system lies over the page), it is over by then.
const LONGEST_MS = 2000;

export class Press {
  #waiting = [];
  isDown = false;

  constructor(root) {
    root.addEventListener("pointerdown", () => this.#begin());
    root.addEventListener("click", () => this.#later(0));
    window.addEventListener("pointerup", () => this.#later(CLICK_WITHIN_MS));
    window.addEventListener("pointercancel", () => this.#later(0)); // it was the beginning of a scroll
  }

  // Resolved once nothing is down.
  released() {
    return this.isDown ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve();
  }

  #begin() {
    this.isDown = true;
    this.#endIn(LONGEST_MS);
  }

  #later(ms) {
    if (this.isDown) this.#endIn(ms);
  }

  #endIn(ms) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#end(), ms);
  }

  #end() {
    this.isDown = false;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
