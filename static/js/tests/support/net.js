// A network of which the test is the other side.

// fetch() that notes what it is asked; `answer(address, options)` is what comes back, at once or as a promise.
export function network(answer) {
  const calls = [];
  globalThis.fetch = async (address, options = {}) => {
    calls.push({ address: String(address), options });
    return answer(String(address), options);
  };
  if (globalThis.window) window.fetch = globalThis.fetch;
  return calls;
}

export const ok = (body) => ({ ok: true, status: 200, json: async () => structuredClone(body) });
export const refused = (status, body = {}) => ({ ok: false, status, json: async () => body });

// A promise that the test keeps in its hand.
export function promised() {
  const hand = {};
  hand.promise = new Promise((resolve, reject) => Object.assign(hand, { resolve, reject }));
  return hand;
}
