// What a phone keeps is sealed with a key that is made of the person's code and kept nowhere.

const ROUNDS = 600_000; // of PBKDF2 with SHA-256, as OWASP advises: a second or two on an old phone, for whoever guesses, too
const STEP = 8192; // the length of a seal tells little of what is in it

const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const textOf = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));

export const isLongEnough = (code) => [...code].length >= 6 && new Set(code).size > 1;

export const freshSalt = () => textOf(crypto.getRandomValues(new Uint8Array(16)));

export async function keyOf(code, salt, rounds = ROUNDS) {
  const written = new TextEncoder().encode(code.normalize("NFKC"));
  const base = await crypto.subtle.importKey("raw", written, "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: bytesOf(salt), iterations: rounds };
  return crypto.subtle.deriveKey(how, base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

export async function seal(key, value) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const written = new TextEncoder().encode(JSON.stringify(value));
  const padded = new Uint8Array(Math.ceil((written.length + 1) / STEP) * STEP).fill(0x20);
  padded.set(written);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, padded);
  return { iv: textOf(iv), sealed: textOf(new Uint8Array(sealed)) };
}

// null where the key is another one, or somebody has touched the seal.
export async function unseal(key, { iv, sealed }) {
  try {
    const opened = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytesOf(iv) }, key, bytesOf(sealed));
    return JSON.parse(new TextDecoder().decode(opened));
  } catch {
    return null;
  }
}
