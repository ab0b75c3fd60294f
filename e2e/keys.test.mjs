// The keyboard alone is enough: to find the way, to read bracket by bracket, to
// propose. No step of these uses a pointer.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { browser, demo, sit } from "./room.mjs";

const talks = "vesna";
let server, chromium, page;

before(async () => {
  server = await demo();
  chromium = await browser();
  page = await sit(chromium, server.url, talks, "ILM");
});
after(async () => {
  await chromium?.close();
  await server?.stop();
});

const focused = () => page.evaluate(() => {
  const e = document.activeElement;
  return { id: e.id, class: e.className, text: e.innerText?.slice(0, 60), tag: e.tagName };
});

test("the first stop skips to the content", async () => {
  await page.goto(`/p/${talks}/text`);
  await page.keyboard.press("Tab");
  assert.match((await focused()).text, /Skip/);
  await page.keyboard.press("Enter");
  assert.equal((await focused()).id, "main");
});

test("j, k, n and p walk over clauses and brackets", async () => {
  await page.goto(`/p/${talks}/text`);
  await page.keyboard.press("j");
  const first = await focused();
  await page.keyboard.press("j");
  const second = await focused();
  assert.ok(first.id.startsWith("c-") && second.id.startsWith("c-") && first.id !== second.id);
  await page.keyboard.press("k");
  assert.equal((await focused()).id, first.id);
  await page.keyboard.press("n");
  const bracket = await focused();
  assert.match(bracket.class, /bracket/);
  await page.keyboard.press("n");
  assert.notEqual((await focused()).text, undefined);
  await page.keyboard.press("p");
  assert.deepEqual(await focused(), bracket);
});

test("? helps, and single keys can be turned off", async () => {
  await page.goto(`/p/${talks}/text`);
  await page.keyboard.press("?");
  assert.ok(await page.locator("#keys").isVisible());
  await page.locator("#keys input").focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Escape");
  assert.ok(!(await page.locator("#keys").isVisible()));
  await page.keyboard.press("j");
  assert.ok(!(await focused()).id.startsWith("c-"));
  await page.evaluate(() => localStorage.clear());
});

test("a proposal is tabled by keyboard in five steps", async () => {
  await page.goto(`/p/${talks}/text`);
  await page.keyboard.press("n"); // 1: to a bracket
  await page.keyboard.press("Tab"); // 2: to what can be done with its clause
  for (let i = 0; i < 4 && (await focused()).text !== "Propose"; i++) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter"); // 3: propose
  await page.waitForURL("**/propose?**");
  await page.locator("textarea.words").focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(" This is without prejudice."); // 4: write
  await page.locator("#preview .bracket").first().waitFor();
  assert.match(await page.locator("#preview").innerText(), /without prejudice/);
  await page.locator("button.first").focus();
  await page.keyboard.press("Enter"); // 5: send
  await page.waitForURL("**done=proposed**");
  assert.match(await page.locator(".notice.done").innerText(), /on the record/);
});

test("the seat is taken by keyboard", async () => {
  await page.goto(`/p/${talks}/text`);
  await page.locator("details.sitting > summary").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.locator("details.sitting > summary .holder", { hasNotText: "ILM" }).waitFor();
});
