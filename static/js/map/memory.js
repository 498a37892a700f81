// How the map was left, for "back" from the page of a place. Each entry of the history has its own; words and positions
// stay in this tab and enter no address.

import { keep, kept } from "#lib/kept.js";

const KEY_LETTERS = 8;

export class Memory {
  constructor(win = window) {
    this.window = win;
    const { state } = win.history;
    if (state?.map) this.left = kept(state.map);
    else this.mark();
  }

  // Gives the present entry of the history a memory of its own.
  mark() {
    const { history } = this.window;
    if (history.state?.map) return;
    const random = Math.random().toString(36);
    history.replaceState({ ...history.state, map: `map-${random.slice(2, 2 + KEY_LETTERS)}` }, "");
  }

  // `look()` tells how it is now. Whoever left in haste leaves nothing.
  keepWhenLeaving(look) {
    const act = () => {
      const { documentElement: html } = this.window.document;
      if (!html.classList.contains("is-left")) keep(this.window.history.state?.map, look());
    };
    this.window.addEventListener("pagehide", act);
    this.window.document.addEventListener("visibilitychange", () => {
      if (this.window.document.visibilityState === "hidden") act();
    });
  }
}
