// Passkeys: a form that needs one first asks the server what to ask the
// authenticator, then sends what that answered. A form that was held back until
// the passkey was shown is sent again by itself.
export function passkeys() {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      perform(form);
    });
  }
}

async function perform(form) {
  const button = form.querySelector("button");
  say(form, "", "");
  if (!window.PublicKeyCredential) {
    say(form, "This browser cannot use passkeys here.", "Use a current browser, over https or on this machine itself.");
    return;
  }
  button.disabled = true;
  try {
    const fields = new URLSearchParams(new FormData(form));
    fields.set("for", form.dataset.passkey);
    const asked = await send("/passkey/begin", fields);
    const options = { publicKey: decoded(asked.options.publicKey) };
    const made = await (options.publicKey.user ? navigator.credentials.create(options) : navigator.credentials.get(options));
    fields.set("ceremony", asked.ceremony);
    fields.set("response", JSON.stringify(encoded(made)));
    const done = await send("/passkey/finish", fields);
    const held = document.getElementById("held");
    if (held) held.submit();
    else location.assign(done.to);
  } catch (error) {
    button.disabled = false;
    if (error.words) say(form, error.words, error.hint);
    else if (error.name === "NotAllowedError") say(form, "No passkey was used.", "Try again when you are ready, or use another device.");
    else if (error.name === "InvalidStateError") say(form, "This device has a passkey of yours already.", "Use another device or a security key.");
    else say(form, "The passkey could not be used.", error.message);
  }
}

// send posts fields and gives the answer. A server that is busy is asked again.
async function send(path, fields) {
  for (let tries = 0; ; tries++) {
    const answer = await fetch(path, { method: "POST", body: fields });
    if (answer.ok) return answer.json();
    if (answer.status === 429 && tries < 8) {
      await new Promise((done) => setTimeout(done, 500 + Math.random() * 1500));
      continue;
    }
    const said = await answer.json().catch(() => ({}));
    throw { words: said.words || "The server could not be reached.", hint: said.hint || "Try again." };
  }
}

// Binary members travel as base64url (WebAuthn Level 3, section 5.1).
function decoded(options) {
  const named = (list) => list?.map((c) => ({ ...c, id: bytes(c.id) }));
  const out = { ...options, challenge: bytes(options.challenge) };
  if (options.user) out.user = { ...options.user, id: bytes(options.user.id) };
  if (options.allowCredentials) out.allowCredentials = named(options.allowCredentials);
  if (options.excludeCredentials) out.excludeCredentials = named(options.excludeCredentials);
  return out;
}

function encoded(made) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (made.response[name]) response[name] = text(made.response[name]);
  }
  if (made.response.getTransports) response.transports = made.response.getTransports();
  return {
    id: made.id, rawId: text(made.rawId), type: made.type, response,
    authenticatorAttachment: made.authenticatorAttachment ?? undefined,
    clientExtensionResults: made.getClientExtensionResults(),
  };
}

function bytes(base64url) {
  const plain = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (c) => c.charCodeAt(0));
}

function text(buffer) {
  return btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function say(form, words, hint) {
  const place = form.querySelector("[role=alert]");
  place.hidden = words === "";
  place.replaceChildren(...[words, hint].filter(Boolean).map((said) => {
    const p = document.createElement("p");
    p.textContent = said;
    return p;
  }));
}
