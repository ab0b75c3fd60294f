// The pages work without this script; it makes them quicker. Each part is
// of its own: live fragments, keys, preview of a proposal, passkeys, nothing else.
import { live } from "./live.js";
import { keys } from "./keys.js";
import { preview } from "./preview.js";
import { walk } from "./walk.js";
import { passkeys } from "./passkey.js";

document.documentElement.classList.add("scripted");
live(document.body.dataset.live);
keys();
preview();
walk();
passkeys();
