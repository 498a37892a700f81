// The address that wipes a device: by script, too, because browsers understand the header unevenly.

import { installExit } from "#lib/exit.js";
import { wipe } from "#lib/stored.js";

installExit(document);
wipe();
