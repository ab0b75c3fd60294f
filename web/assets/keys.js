// Keys: j and k to the next and the previous clause, n and p to the next and
// the previous bracket, ? for help. One check box in the help turns the
// single keys off, for those whose voice or hand sends them by accident.
const store = "paraph-keys";

export function keys() {
  const help = document.getElementById("keys");
  const box = help?.querySelector("input");
  if (box) {
    box.checked = localStorage.getItem(store) !== "off";
    box.addEventListener("change", () => localStorage.setItem(store, box.checked ? "on" : "off"));
  }
  document.querySelectorAll("[data-open=keys]").forEach((b) => {
    b.hidden = false;
    b.addEventListener("click", () => help.showModal());
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    if (localStorage.getItem(store) === "off" || help?.open) return;
    switch (event.key) {
      case "j": go("[data-clause]", 1); break;
      case "k": go("[data-clause]", -1); break;
      case "n": go(".text .bracket", 1); break;
      case "p": go(".text .bracket", -1); break;
      case "?": help?.showModal(); break;
      default: return;
    }
    event.preventDefault();
  });
}

// go moves focus to the next or the previous of the things in reading order,
// counted from where focus stands, or from the top of the window.
function go(selector, step) {
  const all = [...document.querySelectorAll("main " + selector)].filter((e) => e.offsetParent !== null);
  if (all.length === 0) return;
  const here = document.activeElement?.closest("main") ? document.activeElement : null;
  const after = (e) => here
    ? here !== e && (here.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0
    : e.getBoundingClientRect().top > 1;
  const before = (e) => here
    ? here !== e && (here.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_PRECEDING) !== 0
    : e.getBoundingClientRect().top < -1;
  const next = step > 0 ? all.find(after) : all.findLast(before);
  if (!next) return;
  if (!next.hasAttribute("tabindex")) next.setAttribute("tabindex", "-1");
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
}
