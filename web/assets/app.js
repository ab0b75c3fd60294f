// The pages work without this script; it makes them quicker. Four parts, each
// of its own: live fragments, keys, preview of a proposal, nothing else.
import { live } from "./live.js";
import { keys } from "./keys.js";
import { preview } from "./preview.js";
import { walk } from "./walk.js";

document.documentElement.classList.add("scripted");
live(document.body.dataset.live);
keys();
preview();
walk();
