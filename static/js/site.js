// What every page needs: leaving quickly, menus that close, the same view in another language, copy, share, print,
// stars, what a device holds for the road, plain words, reading aloud.
import { installAloud } from "#lib/aloud.js";
import { installEasy } from "#lib/easy.js";
import { installExit } from "#lib/exit.js";
import { offerLight, offerMap } from "#lib/light.js";
import { installMenus } from "#lib/menu.js";
import { installPageTools } from "#lib/page.js";
import { installPicks } from "#lib/picks.js";
import { seenOf } from "#lib/seen.js";
import { installSending } from "#lib/sending.js";
import { offerWipe, wipeAtSignOut } from "#lib/stored.js";

installExit(document);
installMenus(document);
installPageTools(document);
offerLight(document, navigator.connection);
offerMap(document);
installPicks(document);
installSending(document);
seenOf(document).opened();
offerWipe(document);
wipeAtSignOut(document);
installEasy(document);
installAloud(document);
