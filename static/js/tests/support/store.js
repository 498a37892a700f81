// Stores and workers of a browser, as far as the page for the road knows them; `log` is all that was asked of them.

export class Stores {
  constructor() {
    this.held = new Map();
  }

  async open(name) {
    if (!this.held.has(name)) this.held.set(name, new Map());
    const files = this.held.get(name);
    const key = (asked) => new URL(asked.url ?? asked, "https://map.test/ru/road/").href;
    return {
      match: async (asked) => files.get(key(asked))?.clone(),
      put: async (asked, response) => void files.set(key(asked), response),
      delete: async (asked) => files.delete(key(asked)),
      keys: async () => [...files.keys()].map((url) => ({ url })),
    };
  }

  match = async (asked, { cacheName }) =>
    this.held.has(cacheName) ? (await this.open(cacheName)).match(asked) : undefined;
  keys = async () => [...this.held.keys()];
  has = async (name) => this.held.has(name);
  delete = async (name) => this.held.delete(name);
}

export class Workers {
  constructor() {
    this.log = [];
    this.registered = [];
  }

  async register(url, options) {
    this.log.push(["register", url, options]);
    const one = {
      scope: new URL(options.scope, "https://map.test").href,
      active: { postMessage: (word) => this.log.push(["told", word]) },
      unregister: async () => {
        this.registered = [];
        return true;
      },
      update: async () => this.log.push(["update"]),
    };
    this.registered = [one];
    return one;
  }

  getRegistrations = async () => this.registered;
  getRegistration = async () => this.registered[0];
}

// → the stores and workers of this page.
export function withStores() {
  const [stores, workers] = [new Stores(), new Workers()];
  window.caches = stores;
  Object.defineProperty(window.navigator, "serviceWorker", { value: workers, configurable: true });
  window.indexedDB = { databases: async () => [], deleteDatabase() {} };
  return { stores, workers };
}
