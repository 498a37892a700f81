// Every page of the workspace: where one is comes into view, and forms to write into are looked after. Loaded last, when
// the other scripts have laid the form out.
import { arrive } from "#forms/arrive.js";
import { installEnglish, openRefused } from "#forms/folds.js";
import { warnOfUnsaved } from "#forms/unsaved.js";
import { showCurrentSections } from "#lib/sections.js";

showCurrentSections(document);
openRefused(document);
installEnglish(document);
warnOfUnsaved(document);
arrive(document);
