// When home is asked again after it has not answered: once soon, because a phone says that it has a connection before it
// has one; then later and later, so that a home in trouble is not asked by every phone every two seconds.

export const SOON = 2_000;
const FIRST = 20_000;
const MOST = 10 * 60_000;

export class Again {
  constructor(run) {
    Object.assign(this, { run, timer: null, failed: 0 });
  }

  get isWaiting() {
    return this.timer !== null;
  }

  soon() {
    this.#in(SOON);
  }

  later() {
    this.#in(this.failed ? Math.min(FIRST * 2 ** (this.failed - 1), MOST) : SOON);
    this.failed += 1;
  }

  // There is a connection anew.
  anew() {
    this.rest();
    this.run();
  }

  // Home has answered, or nobody asks any more.
  rest() {
    clearTimeout(this.timer);
    Object.assign(this, { timer: null, failed: 0 });
  }

  #in(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = null;
      this.run();
    }, wait);
  }
}
