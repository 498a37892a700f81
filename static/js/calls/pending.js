// Presses of a call that wait for the connection. They stand in this browser until the server has taken them; each has
// a key of its own, so that one that was sent twice is done once. Nothing is kept for longer than a day, half-written
// words neither: they go when the page is opened next.

const NAME = "calls:pending";
const DRAFTS = "calls:drafts";
export const GOOD_FOR_MS = 24 * 60 * 60 * 1000;

export class Pending {
  // `send(press)` → { state: "done" | "refused" | "away" | "signed_out", … }; `who` is the person: another one who signs
  // in here does not send what this one has pressed
  constructor({ storage, send, who, now = Date.now }) {
    Object.assign(this, { storage, send, who, now });
    this.isSending = false;
    this.#write(
      DRAFTS,
      this.#read(DRAFTS).filter((draft) => !this.#isOld(draft)),
    );
  }

  get all() {
    return this.#read(NAME).filter((press) => press.who === this.who);
  }

  add(press) {
    this.#write(NAME, [...this.#read(NAME), { ...press, who: this.who, at: this.now() }]);
  }

  remove(key) {
    this.#write(
      NAME,
      this.#read(NAME).filter((press) => press.key !== key),
    );
  }

  // One after the other, in the order in which they were pressed; the first that does not get through ends it.
  // `told(press, answer)` hears what came of each. True when nothing waits any more.
  async flush(told) {
    if (this.isSending) return false;
    this.isSending = true;
    try {
      this.#dropOld(told);
      for (let press = this.all[0]; press; press = this.all[0]) {
        const answer = await this.send(press);
        const isTaken = answer.state === "done" || answer.state === "refused";
        if (isTaken) this.remove(press.key);
        told(press, answer);
        if (!isTaken) return false;
      }
      return true;
    } finally {
      this.isSending = false;
    }
  }

  // Whoever signs in here next does not read what this one has begun to write.
  draft(listing) {
    return this.#read(DRAFTS).find((draft) => this.#isOf(draft, listing))?.text ?? "";
  }

  keepDraft(listing, text) {
    const others = this.#read(DRAFTS).filter((draft) => !this.#isOf(draft, listing));
    this.#write(DRAFTS, text ? [...others, { who: this.who, listing, text, at: this.now() }] : others);
  }

  #isOf(draft, listing) {
    return draft.who === this.who && draft.listing === listing;
  }

  #isOld({ at }) {
    return this.now() - at > GOOD_FOR_MS;
  }

  #dropOld(told) {
    const mine = this.all;
    this.#write(
      NAME,
      this.#read(NAME).filter((press) => !this.#isOld(press)),
    );
    for (const press of mine) if (this.#isOld(press)) told(press, { state: "too_old" });
  }

  #read(name) {
    try {
      return JSON.parse(this.storage.getItem(name)) ?? [];
    } catch {
      return [];
    }
  }

  #write(name, rows) {
    if (rows.length) this.storage.setItem(name, JSON.stringify(rows));
    else this.storage.removeItem(name);
  }
}

// What the server says to a press. Without a connection, or with a server that is away, the press waits.
export async function post(press, token) {
  const body = new URLSearchParams([...press.fields, ["csrfmiddlewaretoken", token], ["form_key", press.key]]);
  let answer;
  try {
    answer = await fetch(press.url, { method: "POST", body, headers: { Accept: "application/json" } });
  } catch {
    return { state: "away" };
  }
  if (answer.redirected || answer.status === 401 || answer.status === 403) return { state: "signed_out" };
  if (answer.status >= 500 || answer.status === 429) return { state: "away" };
  const told = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
  return { state: answer.ok ? "done" : "refused", ...told };
}

export function freshKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
