// A demonstration server and a browser for the tests, each started once a file
// and stopped with it. Nothing is fetched: the browser is the machine's own.
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const root = fileURLToPath(new URL("..", import.meta.url));
export const out = root + "e2e/out/";
mkdirSync(out, { recursive: true });
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// demo starts the product as anyone would and reads the address that it prints.
export async function demo() {
  const server = spawn(root + "bin/paraph", ["demo", "--listen", "127.0.0.1:0"], { cwd: root });
  let said = "";
  const url = await new Promise((resolve, reject) => {
    const hear = (chunk) => {
      said += chunk;
      const found = /http:\/\/[^\s/]+/.exec(said);
      if (found) resolve(found[0]);
    };
    server.stdout.on("data", hear);
    server.stderr.on("data", hear);
    server.on("error", reject);
    server.on("exit", (code) => reject(new Error(`the demonstration ended with ${code}:\n${said}`)));
  });
  let stopping = false;
  server.on("exit", (code, signal) => {
    if (!stopping) console.error(`the demonstration ended by itself, with ${code ?? signal}:\n${said}`);
  });
  return {
    url,
    stop: () => new Promise((done) => {
      stopping = true;
      server.on("exit", done);
      server.kill("SIGTERM");
    }),
  };
}

export async function browser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--headless=new", "--disable-background-networking"],
  });
}

// sit gives a window of its own in which one seat was taken ("" is the public).
export async function sit(chromium, url, process, seat, options = {}) {
  const context = await chromium.newContext({ baseURL: url, ...options });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  await page.goto("/");
  if (seat) {
    await page.locator(`form:has(input[value="${process}"]) button[value="${seat}"]`).click();
    await page.waitForURL(`**/p/${process}/**`);
  }
  return page;
}

const wcag = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

// axe gives the violations of WCAG 2.2 AA on a page, or of some rules alone,
// each with the place.
export async function axe(page, rules) {
  await page.evaluate(axeSource);
  const runOnly = rules ? { type: "rule", values: rules } : { type: "tag", values: wcag };
  const result = await page.evaluate((runOnly) => globalThis.axe.run(document, { runOnly }), runOnly);
  return result.violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.map((n) => n.target.join(" ")).slice(0, 3).join(", ")}`);
}
