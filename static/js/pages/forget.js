// The address that wipes a device: by script, too, because browsers understand the header unevenly.

import { installExit } from "#lib/exit.js";
import { wipe } from "#lib/stored.js";

// What a page of the network's people may have noted, where the header is not understood.
function clear(name) {
  try {
    window[name].clear();
  } catch {
    // A browser that forbids stores has none.
  }
}

installExit(document);
for (const name of ["localStorage", "sessionStorage"]) clear(name);
wipe();
