// A machine as a secretariat would install it (paraph init, paraph serve), and
// people at browsers of their own, each with a passkey in a device of their own.
// All that a browser was answered is held to the security headers, and all that
// it complained of is kept: see Ledger.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { axe, out } from "./room.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const paraph = root + "bin/paraph";

// machine makes a data directory and serves it until stop.
export async function machine() {
  const dir = mkdtempSync(tmpdir() + "/paraph-e2e-");
  const url = `http://localhost:${await freePort()}`;
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("PARAPH_")));
  const said = execFileSync(paraph, ["init", "--data", dir + "/data", "--url", url], { env: environment, encoding: "utf8" });
  const server = spawn(paraph, ["serve", "--data", dir + "/data"], { env: environment });
  let log = "";
  await new Promise((resolve, reject) => {
    const hear = (chunk) => {
      log += chunk;
      if (log.includes("Paraph is open at")) resolve();
    };
    server.stdout.on("data", hear);
    server.stderr.on("data", hear);
    server.on("error", reject);
    server.on("exit", (code) => reject(new Error(`paraph serve ended with ${code}:\n${log}`)));
  });
  return {
    url, firstLink: /http:\S+\/invitation\/\S+/.exec(said)[0], log: () => log,
    stop: () => new Promise((done) => {
      server.on("exit", () => {
        rmSync(dir, { recursive: true });
        done();
      });
      server.kill("SIGTERM");
    }),
  };
}

function freePort() {
  return new Promise((done) => {
    const held = createServer().listen(0, "127.0.0.1", () => {
      const { port } = held.address();
      held.close(() => done(port));
    });
  });
}

// mustHave is what every answer says, whatever was asked for.
const mustHave = {
  "content-security-policy": /^default-src 'none'; script-src 'self'; style-src 'self'; .*frame-ancestors 'none'/,
  "x-content-type-options": /^nosniff$/,
  "referrer-policy": /^no-referrer$/,
  "cross-origin-opener-policy": /^same-origin$/,
  "cross-origin-resource-policy": /^same-origin$/,
  "permissions-policy": /camera=\(\)/,
  "cache-control": /^(no-store|private|public, max-age=31536000, immutable)/,
};

// Ledger keeps all that browsers complained of, and every answer that was not
// what a test expects. At the end it must be empty.
export class Ledger {
  wrong = [];
  ill = []; // what is wrong with how pages are built
  answers = 0;
  #url;
  #expected = [];

  constructor(url) { this.#url = url; }

  // expect lets answers of a status pass, at addresses that match.
  expect(status, address) { this.#expected.push({ status, address }); }

  // watch follows all windows of a browser.
  async watch(context, who) {
    const note = (words) => this.wrong.push(`${who}: ${words}`);
    context.on("request", (r) => {
      if (!r.url().startsWith(this.#url + "/") && !r.url().startsWith("data:")) note(`asked for ${r.url()}`);
    });
    context.on("response", async (r) => this.#answered(r, note));
    context.on("console", (m) => {
      // A status is judged where the answer is; a stream that ends is no mistake.
      if (m.type() === "error" && !/Failed to load resource: (the server responded with a status|net::ERR_INCOMPLETE_CHUNKED)/.test(m.text())) note(`console: ${m.text()}`);
    });
    context.on("weberror", (e) => note(`script: ${e.error()}`));
    context.on("dialog", (d) => { note(`a dialog opened: ${d.message()}`); d.dismiss(); });
    await context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (e) => console.error(`policy: ${e.violatedDirective} ${e.blockedURI} ${e.sample}`));
    });
  }

  #answered(r, note) {
    this.answers++;
    const headers = r.headers(), where = r.url().slice(this.#url.length);
    for (const [name, value] of Object.entries(mustHave)) {
      if (!value.test(headers[name] ?? "")) note(`${where}: ${name} is ${headers[name]}`);
    }
    const expected = this.#expected.some((e) => e.status === r.status() && e.address.test(where));
    if (r.status() >= 400 && !expected) note(`${r.request().method()} ${where} was answered with ${r.status()}`);
  }
}

// Person is somebody at a browser of their own.
export class Person {
  // come opens a browser for somebody, with a device that makes passkeys.
  static async come(chromium, url, ledger, name, { device = "internal", ...options } = {}) {
    const p = new Person();
    p.name = name;
    p.ledger = ledger;
    p.context = await chromium.newContext({ baseURL: url, viewport: { width: 1280, height: 900 }, ...options });
    p.context.setDefaultTimeout(60_000);
    await ledger.watch(p.context, name);
    p.context.on("response", (r) => {
      if (r.request().method() === "POST" && r.status() < 400) p.posted = Date.now(); // when the last form was answered
    });
    p.page = await p.context.newPage();
    p.devices = await p.context.newCDPSession(p.page);
    await p.devices.send("WebAuthn.enable");
    p.device = await p.plug(device);
    return p;
  }

  // another opens a further window of the same browser.
  async another() {
    const p = Object.assign(new Person(), this);
    p.page = await this.context.newPage();
    p.devices = await this.context.newCDPSession(p.page);
    await p.devices.send("WebAuthn.enable");
    p.device = await p.plug("internal");
    for (const key of await this.keysOn(this.device)) await p.putKey(p.device, key);
    return p;
  }

  // plug adds a device for passkeys: "internal" to this machine, or "usb".
  async plug(transport) {
    const { authenticatorId } = await this.devices.send("WebAuthn.addVirtualAuthenticator", {
      options: { protocol: "ctap2", transport, hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
    });
    return authenticatorId;
  }

  async unplug(device) { await this.devices.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId: device }); }

  async keysOn(device) { return (await this.devices.send("WebAuthn.getCredentials", { authenticatorId: device })).credentials; }

  async putKey(device, credential) { await this.devices.send("WebAuthn.addCredential", { authenticatorId: device, credential }); }

  async go(path) { return this.page.goto(path); }

  // press presses the button with these words and waits for the page after it;
  // when a fresh passkey is asked for on the way, it is given.
  async press(name, within = this.page) {
    const before = await this.moment();
    await within.getByRole("button", { name, exact: typeof name === "string" }).first().click();
    await this.arrived(before);
  }

  // moment tells one page from the next.
  async moment() { return this.page.evaluate(() => performance.timeOrigin); }

  // arrived waits for another page than the one of that moment, past the
  // question for a fresh passkey.
  async arrived(before) {
    await this.#another(before);
    const plea = this.page.locator("form[data-passkey=fresh] button");
    if (await plea.count() === 0) return;
    const asked = await this.moment();
    await plea.click();
    await this.#another(asked);
  }

  async #another(before) {
    await this.page.waitForFunction((t) => performance.timeOrigin !== t && document.readyState !== "loading", before);
    await this.page.waitForLoadState("load");
  }

  async fill(fields, within = this.page) {
    for (const [label, value] of Object.entries(fields)) await within.getByLabel(label, { exact: true }).first().fill(value);
  }

  // enter follows an invitation to its end: the link, the words, a passkey.
  async enter({ link, words }) {
    await this.go(link);
    if (words) await this.page.getByLabel("The six words").fill(words.join(" "));
    await this.press("Go on");
    if (await this.page.getByRole("button", { name: "Make a passkey" }).count() === 0) {
      throw new Error(`${this.name} was not let in: ${await this.page.locator("main").innerText()}`);
    }
    await this.page.getByLabel("Your name").fill(this.name);
    await this.press("Make a passkey");
    await this.page.waitForURL("**/account/second");
  }

  // invitation reads what an invitation shows once.
  async invitation() {
    const words = await this.page.locator("#words li").allInnerTexts();
    return { link: await this.page.locator("#link").innerText(), words };
  }

  async signIn() {
    await this.go("/sign-in");
    await this.press("Sign in with a passkey");
  }

  // read gives the pages at these addresses as the server sends them to this
  // browser now, by address.
  async read(paths) {
    return this.page.evaluate(async (paths) => Object.fromEntries(await Promise.all(
      paths.map(async (path) => { const a = await fetch(path); return [path, a.status + " " + await a.text()]; }))), paths);
  }

  async menu() { return this.page.locator("header nav[aria-label=Process] a").evaluateAll((links) => links.map((a) => a.getAttribute("href"))); }

  // judge holds the page to WCAG 2.2 AA, keeps a picture of it, and refuses one
  // that scrolls sideways; on a phone and in the dark too, where it is asked for.
  async judge(name, { everywhere = false } = {}) {
    const wrong = (await axe(this.page)).map((v) => `${name}: ${v}`);
    await this.page.screenshot({ path: `${out}${name}.png`, fullPage: true });
    if (everywhere) {
      await this.page.emulateMedia({ colorScheme: "dark" });
      for (const v of await axe(this.page, ["color-contrast"])) wrong.push(`${name}, dark: ${v}`);
      await this.page.screenshot({ path: `${out}${name}-dark.png`, fullPage: true });
      await this.page.emulateMedia({ colorScheme: "light", media: "print" });
      await this.page.screenshot({ path: `${out}${name}-print.png`, fullPage: true });
      await this.page.emulateMedia({ colorScheme: "light", media: "screen" });
      const size = this.page.viewportSize();
      await this.page.setViewportSize({ width: 390, height: 844 });
      await this.page.screenshot({ path: `${out}${name}-phone.png`, fullPage: true });
      if (await this.page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) wrong.push(`${name} scrolls sideways on a phone`);
      for (const v of await axe(this.page, ["target-size"])) wrong.push(`${name}, phone: ${v}`);
      await this.page.setViewportSize(size);
    }
    this.ledger.ill.push(...wrong);
  }
}
