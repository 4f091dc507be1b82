// Progressive extras of the desk. Every page works without this file.
import "htmx.org/dist/htmx.min.js";
import { keepDrafts } from "./js/drafts.js";
import { forgetPacks } from "./js/forget.js";
import { guardForms } from "./js/forms.js";
import { tameMenu } from "./js/menu.js";
import { liveSearch } from "./js/search.js";
import { showWaiting } from "./js/waiting.js";

showWaiting();
guardForms();
forgetPacks();
keepDrafts();
tameMenu();
liveSearch();
