// The form of an organisation: what of the network may be the same is told while it is entered.

import { watch } from "#forms/alike.js";

const alike = document.querySelector("[data-alike]");
watch(alike?.closest("form"), alike);
