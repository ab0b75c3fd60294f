// A server as a secretariat installs it, and people with devices of their own:
// each a browser window with Chromium's virtual authenticator.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const paraph = root + "bin/paraph";

// served makes a data directory and serves it on a free port of the loopback.
// "first" is the path of the first administrator's link.
export async function served() {
  const folder = mkdtempSync(join(tmpdir(), "paraph-e2e-"));
  const port = await new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
  const url = `http://localhost:${port}`;
  const data = join(folder, "data");
  const made = execFileSync(paraph, ["init", "--data", data, "--url", url], { encoding: "utf8" });
  const first = new URL(/https?:\/\/\S+\/invitation\/\S+/.exec(made)[0]);
  const server = spawn(paraph, ["serve", "--data", data]);
  let said = "";
  server.stdout.on("data", (chunk) => (said += chunk));
  server.stderr.on("data", (chunk) => (said += chunk));
  for (let tries = 0; ; tries++) {
    const up = await fetch(url + "/").then((answer) => answer.ok, () => false);
    if (up) break;
    if (tries > 100 || server.exitCode !== null) throw new Error("the server does not answer:\n" + said);
    await new Promise((done) => setTimeout(done, 100));
  }
  return {
    url, data, first: first.pathname + first.search, log: () => said,
    stop: () => new Promise((done) => {
      server.on("exit", () => {
        rmSync(folder, { recursive: true, force: true });
        done();
      });
      server.kill("SIGTERM");
    }),
  };
}

// visitor is somebody at a window of their own, with a device that holds
// passkeys and knows its owner.
export async function visitor(chromium, url, options = {}) {
  const context = await chromium.newContext({ baseURL: url, ...options });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  page.violations = [];
  page.on("console", (said) => {
    if (/Content Security Policy|violates/.test(said.text())) page.violations.push(said.text());
  });
  page.device = await device(context, page);
  return page;
}

// device adds an authenticator with user verification and resident keys (WebAuthn
// Level 3, section 11: user agent automation).
export async function device(context, page) {
  const cdp = await context.newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true,
      isUserVerified: true, automaticPresenceSimulation: true,
    },
  });
  return { cdp, authenticatorId };
}

// comesIn opens a link, gives the words (none for the first administrator), makes
// a passkey, and puts the second one off.
export async function comesIn(page, link, words, name) {
  await page.goto(link);
  if (words.length > 0) {
    await page.getByLabel("The six words").fill(words.join(" "));
    await page.getByRole("button", { name: "Go on" }).click();
  } else {
    await page.getByRole("button", { name: /^(Go on|The first link of this machine has no words)$/ }).last().click();
  }
  await page.getByLabel("Your name").fill(name);
  await page.getByRole("button", { name: "Make a passkey" }).click();
  await page.waitForURL("**/account/second");
}

export async function signsIn(page) {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.waitForURL((url) => url.pathname === "/");
}

// confirms shows the passkey again when the page asks for it.
export async function confirms(page) {
  const ask = page.getByRole("button", { name: "Confirm with your passkey" });
  if (await ask.isVisible()) await ask.click();
}

// secrets reads the link and the six words that a page shows once.
export async function secrets(page) {
  await page.locator("#words li").first().waitFor();
  return { link: new URL(await page.locator("#link").innerText()).pathname, words: await page.locator("#words li").allInnerTexts() };
}

// open opens a process and gives its path.
export async function open(page, title, seat) {
  await page.goto("/new");
  await page.getByLabel("Title", { exact: true }).fill(title);
  await page.getByLabel("Code of the chair's seat").fill(seat);
  await page.getByRole("button", { name: "Open the process" }).click();
  await page.waitForURL("**/delegations?done=opened");
  return new URL(page.url()).pathname.replace("delegations", "");
}

// admit gives a seat at the table.
export async function admit(page, at, seat, name, role = "party") {
  await page.goto(at + "delegations");
  await page.getByText("Admit a seat").click();
  const form = page.locator(`form[action="${at}seats"]`);
  await form.getByLabel("Code", { exact: true }).fill(seat);
  await form.getByLabel("Name", { exact: true }).fill(name);
  await form.locator(`[name=role][value=${role}]`).check();
  await form.getByRole("button", { name: "Admit" }).click();
  await page.waitForURL("**/delegations?done=admitted");
}

// accredit names a person of a seat and gives what lets the person in.
export async function accredit(page, at, seat, name, capacity = "head") {
  await page.goto(at + "delegations");
  await page.getByText(`Accredit somebody for ${seat}`, { exact: true }).click();
  const form = page.locator(`form[action="${at}people"]:has([name=seat][value="${seat}"])`);
  await form.getByLabel("Name", { exact: true }).fill(name);
  await form.locator(`[name=capacity][value="${capacity}"]`).check();
  await form.locator("[name=audience][value=plenary]").check();
  await form.getByRole("button", { name: "Accredit" }).click();
  return secrets(page);
}
