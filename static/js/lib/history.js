// What lies over the page (panel, popup, full list) is closed by the back button, the last opened first.

export class Layers {
  constructor(win = window) {
    this.window = win;
    this.stack = [];
    this.#mark();
    win.addEventListener("popstate", () => this.#back());
  }

  get size() {
    return this.stack.length;
  }

  has(name) {
    return this.stack.some((layer) => layer.name === name);
  }

  // `close` hides the thing; it is called once, however the layer gets closed. An entry that was left with this layer
  // open, for another page, is its entry again.
  open(name, close) {
    if (this.has(name)) return;
    this.stack.push({ name, close });
    const { history } = this.window;
    if (history.state?.layer !== name) history.pushState({ ...history.state, layer: name }, "");
  }

  // Closes from within the page: also takes the entry out of the history.
  close(name) {
    const layer = this.stack.find((one) => one.name === name);
    if (!layer || layer.isClosing) return;
    if (layer === this.stack[this.stack.length - 1]) {
      layer.isClosing = true;
      this.window.history.back();
      return;
    }
    this.#drop(this.stack.findIndex((layer) => layer.name === name));
  }

  // Hides it now and leaves its entry to be passed by a later press of "back".
  #drop(index) {
    const [layer] = this.stack.splice(index, 1);
    layer.close();
  }

  // Our entries have a state. One without is an address that somebody has typed or pasted.
  #mark() {
    const { history } = this.window;
    const isNew = history.state === null;
    if (isNew) history.replaceState({}, "");
    return isNew;
  }

  #back() {
    if (this.#mark()) {
      while (this.stack.length) this.#drop(this.stack.length - 1);
      return;
    }
    if (this.stack.length) this.#drop(this.stack.length - 1);
    this.onBack?.();
  }
}

// The fragment of the address, without a new step back; an embed keeps the query that its page gave it.
export function writeFragment(fragment, keepsQuery) {
  const query = keepsQuery ? window.location.search : "";
  const address = window.location.pathname + query + (fragment ? `#${fragment}` : "");
  window.history.replaceState(window.history.state, "", address);
}
