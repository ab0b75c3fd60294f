// Every page as a party sees it: no violation of WCAG 2.2 AA in light and dark,
// readable at phone width, at twice the size of text and from right to left,
// and nothing asked of any other host. Pictures of all go to e2e/out.
import { after, before, describe, test } from "node:test";
import assert from "node:assert/strict";
import { axe, browser, demo, out, sit } from "./room.mjs";

const talks = "vesna", seat = "KEL"; // the invented talks, with all that is confidential
const real = "ukraine-december-2025"; // the reported ones, as the public reads them
let server, chromium, page, pages;

// everyPage finds the pages by following the menu, and one clause for those
// that are about a clause.
async function everyPage(page) {
  await page.goto(`/p/${talks}/text`);
  const found = await page.locator("header nav a").evaluateAll((links) => links.map((a) => a.getAttribute("href")));
  const busy = await page.locator(".unit").evaluateAll((units) =>
    units.sort((a, b) => b.querySelectorAll(".bracket").length - a.querySelectorAll(".bracket").length)[0].id.slice(2));
  await page.goto(`/p/${talks}/versions`);
  const version = await page.locator("tbody a").first().getAttribute("href");
  const text = `/p/${talks}/`;
  return [
    "/", ...["", "text", "sittings", "record", "matrix"].map((p) => `/p/${real}/${p}`), ...found, version, `${text}text?held=${seat}`, `${text}text?reading=${seat}`, `${text}compare?new=rolling&as=beside`,
    `${text}clauses/${busy}`, `${text}clauses/${busy}/position`, `${text}propose?kind=amend&clause=${busy}`, `${text}propose?kind=insert`,
  ];
}

const nameOf = (path) => path.replace(/^\//, "").replace(/[^a-z0-9]+/gi, "-").replace(/^-|-$/g, "") || "processes";

describe("pages", () => {
  before(async () => {
    server = await demo();
    chromium = await browser();
    page = await sit(chromium, server.url, talks, seat, { viewport: { width: 1440, height: 1000 } });
    pages = await everyPage(page);
  });
  after(async () => {
    await chromium?.close();
    await server?.stop();
  });

  test("hold no violation in light and in dark", async () => {
    const wrong = [];
    for (const scheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme: scheme });
      for (const path of pages) {
        const answer = await page.goto(path);
        assert.equal(answer.status(), 200, path);
        for (const v of await axe(page, scheme === "dark" ? ["color-contrast"] : undefined)) wrong.push(`${scheme} ${path}: ${v}`);
        await page.screenshot({ path: `${out}${nameOf(path)}-${scheme}.png` });
      }
    }
    await page.emulateMedia({ colorScheme: "light" });
    assert.deepEqual(wrong, []);
  });

  test("fit a phone, and text at twice its size, without scrolling sideways", async () => {
    const wide = [];
    for (const [name, width] of [["phone", 390], ["zoomed", 720]]) {
      await page.setViewportSize({ width, height: 844 });
      for (const path of pages) {
        await page.goto(path);
        if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) wide.push(`${name} ${path}`);
        if (name === "phone") {
          await page.screenshot({ path: `${out}${nameOf(path)}-phone.png` });
          for (const v of await axe(page, ["target-size"])) wide.push(`${name} ${path}: ${v}`);
        }
      }
    }
    await page.setViewportSize({ width: 1440, height: 1000 });
    assert.deepEqual(wide, []);
  });

  test("stand from right to left", async () => {
    await page.goto(`/p/${talks}/text`);
    await page.evaluate(() => { document.documentElement.dir = "rtl"; });
    await page.screenshot({ path: `${out}text-rtl.png` });
    const [outline, text] = await page.evaluate(() => [".outline", "#text"].map((s) => document.querySelector(s).getBoundingClientRect().left));
    assert.ok(outline > text, "the outline does not change sides");
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "it scrolls sideways");
  });

  test("print on A4 with the version on the sheet", async () => {
    await page.goto(`/p/${talks}/text`);
    const sheet = await page.pdf({ path: `${out}text-print.pdf`, preferCSSPageSize: true });
    assert.ok(sheet.length > 10_000);
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator(".identity").evaluate((e) => getComputedStyle(e).display), "table-header-group");
    assert.ok(await page.locator(".identity .reader").isVisible());
    assert.ok(!(await page.locator("header nav").isVisible()));
    await page.emulateMedia({ media: "screen" });
  });

  test("work without script", async () => {
    const bare = await sit(chromium, server.url, talks, seat, { javaScriptEnabled: false });
    const clause = pages.find((p) => p.includes("propose?kind=amend"));
    await bare.goto(clause);
    await bare.locator("textarea.words").fill("1. A wording that the server alone previews.");
    await bare.getByRole("button", { name: "Preview" }).click();
    assert.match(await bare.locator("#preview").innerText(), /server alone/);
    assert.match(await bare.locator("textarea.words").inputValue(), /server alone/);
    await bare.context().close();
  });

  test("ask nothing of any other host", async () => {
    const asked = [];
    page.on("request", (r) => { if (!r.url().startsWith(server.url)) asked.push(r.url()); });
    for (const path of pages) await page.goto(path);
    assert.deepEqual(asked, []);
  });
});
