// Every page of the workspace with a form to write into; loaded last, when the other scripts have laid the form out.
import { installEnglish, openRefused } from "#forms/folds.js";
import { warnOfUnsaved } from "#forms/unsaved.js";

openRefused(document);
installEnglish(document);
warnOfUnsaved(document);
