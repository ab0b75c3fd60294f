// Live fragments: the server says which fragment of this page moved and sends
// its new HTML; only that element is morphed. What somebody is writing is
// never replaced and focus never moves.
import { Idiomorph } from "idiomorph/dist/idiomorph.esm.js";

const quiet = 1500; // ms in which changes are gathered into one spoken note

export function live(url) {
  if (!url) return;
  const source = new EventSource(url);
  const moved = new Set();
  let timer;

  source.addEventListener("fragment", (event) => {
    const name = morph(event.data);
    if (!name) return;
    moved.add(name);
    clearTimeout(timer);
    timer = setTimeout(() => { say([...moved]); moved.clear(); }, quiet);
  });
  // The page's own look-up changed so much that only a new page is right.
  source.addEventListener("reload", () => stale(true, source));
  source.onopen = () => stale(false, source);
  source.onerror = () => {
    stale(true, source);
    if (source.readyState === EventSource.CLOSED) refused();
  };
  addEventListener("pagehide", () => source.close());
}

// morph puts one fragment in its place and gives its name for people.
function morph(html) {
  const next = new DOMParser().parseFromString(html, "text/html").body.firstElementChild;
  const old = next && document.getElementById(next.id);
  if (!old || old.isEqualNode(next)) return "";
  Idiomorph.morph(old, next, {
    morphStyle: "outerHTML",
    ignoreActiveValue: true,
    restoreFocus: true,
    callbacks: { beforeNodeMorphed: mayMorph },
  });
  const now = document.getElementById(next.id);
  now?.classList.add("just-moved");
  setTimeout(() => now?.classList.remove("just-moved"), 4000);
  return next.dataset.live;
}

function mayMorph(old, next) {
  if (!(old instanceof Element)) return true;
  if (old.matches("[data-keep]")) return false;
  if (old.matches("textarea, select, input") && (old === document.activeElement || written(old))) return false;
  // What a reader opened stays open, and what has focus stays focusable.
  if (old.matches("details") && old.open && next instanceof Element) next.setAttribute("open", "");
  if (old === document.activeElement && old.hasAttribute("tabindex") && next instanceof Element) {
    next.setAttribute("tabindex", old.getAttribute("tabindex"));
  }
  return true;
}

function written(field) {
  if (field.matches("[type=checkbox], [type=radio]")) return field.checked !== field.defaultChecked;
  if (field.matches("select")) return [...field.options].some((o) => o.selected !== o.defaultSelected);
  return field.value !== field.defaultValue;
}

function say(names) {
  const note = document.getElementById("live-note");
  if (note) note.textContent = "Changed just now: " + names.join(", ") + ".";
}

// refused finds out why the stream is not taken up again. The stream itself ends
// without a word: nothing is sent to whoever was shut out, not even that. So the
// page is asked for, as anybody may; where it is not there, access has ended.
async function refused() {
  const answer = await fetch(location.href, { method: "HEAD" }).catch(() => null);
  const notice = document.getElementById("stale");
  if (!notice || ![401, 403, 404].includes(answer?.status)) return;
  const [broken, ended] = notice.querySelectorAll("span");
  broken.hidden = true;
  ended.hidden = false;
}

function stale(is, source) {
  const notice = document.getElementById("stale");
  if (notice) notice.hidden = !is;
  if (is && source.readyState === EventSource.CLOSED) notice?.setAttribute("data-closed", "");
}
