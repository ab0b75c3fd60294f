// Preview: while a proposal is written, the server shows the bracket that it
// would make. The button beside it does the same without script.
const pause = 300; // ms without a key before asking

export function preview() {
  for (const form of document.querySelectorAll("form[data-preview]")) watch(form);
}

function watch(form) {
  const place = document.getElementById("preview");
  if (!place) return;
  let timer, under;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, pause);
  });

  async function ask() {
    under?.abort();
    under = new AbortController();
    const body = new URLSearchParams(new FormData(form));
    body.set("part", "preview");
    try {
      const answer = await fetch(form.dataset.preview, { method: "POST", body, signal: under.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = page.getElementById("preview");
      if (next) place.replaceChildren(...next.childNodes);
    } catch (error) {
      if (error.name !== "AbortError") place.textContent = "No preview: the server cannot be reached.";
    }
  }
}
