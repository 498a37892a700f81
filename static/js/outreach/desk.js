// Work without a connection: switched on, opened with the code, pressed, sent once on return, wiped.
// The box is what is sealed: { rows, presses, told }. A press is { key, kind, listing, value, seen, at, title, words }.

import { isLeafOver, LEAF, openAnew, wipeOnly } from "#lib/stored.js";
import * as home from "#outreach/home.js";
import { freshSalt, keyOf, seal, unseal } from "#outreach/seal.js";
import * as shelf from "#outreach/shelf.js";

export const TRIES = 5;
const AT_ONCE = 25;
const PAGE_MS = 12 * 60 * 60 * 1000;

const freshKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

export class Desk {
  constructor(config, { now = Date.now, rounds } = {}) {
    Object.assign(this, { config, now, rounds, box: null });
    this.turn = Promise.resolve();
  }

  get isOpen() {
    return this.box !== null;
  }

  // Throws what home says; half of it is nothing.
  async begin(code) {
    const { token, ...rows } = await home.ask(this.config.take);
    const { secret } = await home.ask(this.config.begin, { token, body: {} });
    openAnew(LEAF);
    try {
      const [salt, at] = [freshSalt(), this.now()];
      this.key = await keyOf(code, salt, this.rounds);
      await shelf.make();
      await shelf.write("meta", { contact: at, clock: at, page: at, salt, secret, tries: 0 });
      await this.#put({ rows, presses: [], told: [] });
      await shelf.keepPage(this.config.page);
      await navigator.serviceWorker.register(this.config.worker, { scope: this.config.page, updateViaCache: "none" });
    } catch (error) {
      await this.wipe();
      throw error;
    }
  }

  // → true; or how many tries are left, 0 when that was the last one.
  async unlock(code) {
    const meta = await shelf.read("meta");
    await this.#note({ tries: meta.tries + 1 }); // before it is tried: a page that is torn away counts, too
    const key = await keyOf(code, meta.salt, this.rounds);
    const box = await unseal(key, (await shelf.read("box")) ?? {});
    if (box) {
      Object.assign(this, { key, box });
      await this.#note({ tries: 0 });
      return true;
    }
    if (meta.tries + 1 >= TRIES) await this.wipe();
    return TRIES - meta.tries - 1;
  }

  lock() {
    Object.assign(this, { key: null, box: null });
  }

  async wipe() {
    this.lock();
    await wipeOnly(LEAF);
  }

  // Whether its time is over, by the clock of the phone alone.
  async isOver() {
    const meta = await shelf.read("meta");
    return meta !== null && isLeafOver(meta, this.now());
  }

  async contact() {
    return (await shelf.read("meta"))?.contact ?? null;
  }

  // The last word about a listing stands: a second press of the same kind takes the place of one that waits.
  press(what) {
    const press = { value: "", seen: "", ...what, key: freshKey(), at: this.now() };
    const isSame = (one) => one.kind === press.kind && one.listing === press.listing && press.kind !== "visit";
    return this.#change((box) => {
      box.presses = [...box.presses.filter((one) => !isSame(one)), press];
    });
  }

  undo(key) {
    return this.#change((box) => {
      box.presses = box.presses.filter((one) => one.key !== key);
    });
  }

  read(key) {
    return this.#change((box) => {
      box.told = box.told.filter((one) => one.key !== key);
    });
  }

  // Asks home how things stand and sends what waits; throws what home says, and wipes when home says so.
  async sync() {
    const { secret, page } = await shelf.read("meta");
    try {
      const token = await this.#take(secret);
      if (await this.#sendAll(secret, token)) await this.#take(secret);
      if (this.now() - page > PAGE_MS) await this.#renew();
    } catch (error) {
      if (error instanceof home.Withdrawn) await this.wipe();
      if (error instanceof home.SignedOut) await this.standing();
      throw error;
    }
  }

  // For whoever is not signed in: whether the phone may keep what it has.
  async standing() {
    const { secret } = await shelf.read("meta");
    try {
      await home.ask(this.config.standing, { secret });
    } catch (error) {
      if (!(error instanceof home.Withdrawn)) return;
      await this.wipe();
      throw error;
    }
  }

  async #take(secret) {
    const { token, ...rows } = await home.ask(this.config.take, { secret });
    await this.#note({ contact: this.now() });
    await this.#change((box) => {
      box.rows = rows;
    });
    return token;
  }

  async #sendAll(secret, token) {
    let [sent, most] = [0, AT_ONCE];
    while (this.isOpen && this.box.presses.length) {
      const some = this.box.presses.slice(0, most);
      const told = await this.#sendSome(secret, token, some);
      if (told) await this.#change((box) => settle(box, told));
      else most = 1; // one of them is not understood: one by one it shows which
      sent += told ? told.length : 0;
    }
    return sent;
  }

  async #sendSome(secret, token, some) {
    const presses = some.map(({ key, kind, listing, value, seen, at }) => {
      return { key, kind, listing, value, seen, age: Math.max(0, Math.round((this.now() - at) / 1000)) };
    });
    try {
      return (await home.ask(this.config.send, { secret, token, body: { presses } })).told;
    } catch (error) {
      if (!(error instanceof home.Unread)) throw error;
      return some.length > 1 ? null : [{ key: some[0].key, state: "refused", words: "", url: "" }];
    }
  }

  async #renew() {
    await shelf.keepPage(this.config.page);
    await this.#note({ page: this.now() });
    await (await navigator.serviceWorker.getRegistration(this.config.page))?.update();
  }

  // One change after the other, over what lies there now: another tab may have pressed meanwhile.
  #change(make) {
    const run = async () => {
      const box = this.key && (await unseal(this.key, (await shelf.read("box")) ?? {}));
      if (!box) return;
      make(box);
      await this.#put(box);
      await this.#note({});
    };
    const locked = () => (navigator.locks ? navigator.locks.request(LEAF, run) : run());
    this.turn = this.turn.then(locked, locked);
    return this.turn;
  }

  async #put(box) {
    await shelf.write("box", await seal(this.key, box));
    this.box = box;
  }

  async #note(more) {
    const meta = await shelf.read("meta");
    if (meta) await shelf.write("meta", { ...meta, clock: Math.max(meta.clock, this.now()), ...more });
  }
}

// What home has taken goes; what it has not taken is told until somebody has read it.
export function settle(box, told) {
  const byKey = new Map(told.map((one) => [one.key, one]));
  for (const press of box.presses) {
    const one = byKey.get(press.key);
    if (one && one.state !== "done") box.told.push({ ...one, title: press.title, pressed: press.words });
  }
  box.presses = box.presses.filter(({ key }) => !byKey.has(key));
}
