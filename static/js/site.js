// What every page needs: leaving quickly, menus that close, the same view in another language, copy, share, print.
import { installExit } from "#lib/exit.js";
import { installMenus } from "#lib/menu.js";
import { installPageTools } from "#lib/page.js";
import { seenOf } from "#lib/seen.js";

installExit(document);
installMenus(document);
installPageTools(document);
seenOf(document).opened();
