// Tells home that a page was opened, which conditions were chosen and whether anything was found: codes that are added
// up, and nothing of the visitor, of their words, of a place or an organisation. Whoever asks not to be counted is not.

// Where somebody is, and one organisation alone, are no conditions chosen from many.
const NOT_TOLD = new Set(["country", "city", "organization", "family"]);
const MOST = 20;

const wishesNot = ({ globalPrivacyControl, doNotTrack }) => globalPrivacyControl === true || doNotTrack === "1";

const codesOf = (filters) =>
  Object.entries(filters)
    .filter(([param]) => !NOT_TOLD.has(param))
    .flatMap(([param, values]) => values.map((value) => `${param}:${value}`))
    .slice(0, MOST);

function hostOf(address) {
  try {
    return new URL(address).hostname;
  } catch {
    return "";
  }
}

export class Seen {
  #told = new Set();

  // `page` is <meta name="seen" content="place" data-country="GE" data-to="/ru/seen/">, null where nothing is counted.
  constructor(page, { browser = navigator, from = "" } = {}) {
    this.page = page && !wishesNot(browser) ? page : null;
    this.browser = browser;
    this.from = from;
  }

  // The page itself, once, whichever of its scripts comes first.
  opened() {
    if (!this.page || this.page.dataset.told) return;
    this.page.dataset.told = "1";
    const what = this.page.content;
    const host = what === "embed" ? hostOf(this.from) : "";
    this.#tell({ what, country: this.page.dataset.country, host });
  }

  // A question of the map: conditions that were not there before, and what found nothing.
  asked({ filters, q }, total) {
    if (!this.page) return;
    const codes = codesOf(filters);
    const country = filters.country?.[0]?.length === 2 ? filters.country[0] : "";
    const fresh = codes.filter((code) => !this.#told.has(code));
    for (const code of fresh) this.#told.add(code);
    if (fresh.length) this.#tell({ what: "chosen", country, codes: fresh });
    const question = `0 ${country} ${codes.join(" ")}`;
    if (total !== 0 || (!codes.length && !q) || this.#told.has(question)) return;
    this.#told.add(question);
    this.#tell({ what: "nothing", country, codes });
  }

  #tell(word) {
    // As text: a frame without an origin of its own may send nothing else without asking first.
    this.browser.sendBeacon?.(this.page.dataset.to, JSON.stringify(word));
  }
}

export const seenOf = (root) => new Seen(root.querySelector('meta[name="seen"]'), { from: root.referrer });
