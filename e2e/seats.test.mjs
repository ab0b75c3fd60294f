// Two browsers sit in two seats. A proposal in confidence appears to the chair
// at once, and the other seat's pages, counts and events stay byte for byte as
// they were.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { browser, demo, sit } from "./room.mjs";

const talks = "vesna";
const canary = "Kingfisher";
let server, chromium, chair, other, party;

before(async () => {
  server = await demo();
  chromium = await browser();
  party = await sit(chromium, server.url, talks, "KEL");
  chair = await sit(chromium, server.url, talks, "AOM");
  other = await sit(chromium, server.url, talks, "DOR");
});
after(async () => {
  await chromium?.close();
  await server?.stop();
});

// everything gives what a seat can load, byte for byte but for the keys of
// forms, which are drawn anew each time.
async function everything(page) {
  await page.goto(`/p/${talks}/text`);
  const clauses = await page.locator(".unit").evaluateAll((units) => units.map((u) => u.id.slice(2)).filter((id) => !id.includes("-")));
  const menu = await page.locator("header nav a").evaluateAll((links) => links.map((a) => a.getAttribute("href")));
  const paths = ["/", ...menu, `/p/${talks}/text?held=KEL`, `/p/${talks}/text?reading=KEL`, ...clauses.map((c) => `/p/${talks}/clauses/${c}`)];
  const bytes = {};
  for (const path of paths) {
    const answer = await page.request.get(path);
    bytes[path] = answer.status() + " " + (await answer.text()).replace(/name="key" value="\w+"/g, "");
  }
  return bytes;
}

// hear opens a stream beside the page's own and keeps all that comes.
async function hear(page) {
  await page.goto(`/p/${talks}/text`);
  await page.evaluate(() => {
    globalThis.heard = [];
    const stream = new EventSource(document.body.dataset.live);
    stream.addEventListener("fragment", (e) => globalThis.heard.push(e.data));
    globalThis.changes = 0;
    new MutationObserver((m) => { globalThis.changes += m.length; }).observe(document.querySelector("main"), { subtree: true, childList: true, characterData: true });
    return new Promise((done) => { stream.onopen = done; });
  });
}

// propose amends the nth numbered clause: each its own, because a seat's newer
// wording begins from its older one.
async function propose(page, nth, audience, words) {
  await page.goto(`/p/${talks}/text`);
  const clause = await page.locator(".unit:has(p > .label)").nth(nth).evaluate((u) => u.id.slice(2));
  await page.goto(`/p/${talks}/propose?kind=amend&clause=${clause}`);
  const field = page.locator("textarea.words");
  await field.fill((await field.inputValue()) + " " + words);
  await page.locator(`input[value="${audience}"]`).check();
  await page.locator("button.first").click();
  await page.waitForURL("**done=proposed**");
}

test("good offices reach the chair alone", async () => {
  const before = await everything(other);
  await hear(other);
  await hear(chair);

  await propose(party, 0, "offices:KEL", canary);
  await chair.locator("#text", { hasText: canary }).waitFor({ timeout: 5000 });
  assert.ok((await chair.evaluate(() => globalThis.heard)).some((data) => data.includes(canary)));
  await chair.locator("#live-note", { hasText: "Changed just now" }).waitFor({ state: "attached", timeout: 5000 });

  // The other seat hears of nothing until something is said to it too.
  assert.deepEqual(await other.evaluate(() => globalThis.heard), []);
  assert.equal(await other.evaluate(() => globalThis.changes), 0);
  const window = await sit(chromium, server.url, talks, "DOR");
  assert.deepEqual(await everything(window), before);

  await propose(party, 1, "plenary", "Heron");
  await other.locator("#text", { hasText: "Heron" }).waitFor({ timeout: 5000 });
  const heard = await other.evaluate(() => globalThis.heard);
  assert.ok(heard.length > 0 && heard.every((data) => !data.includes(canary)));
});

test("what somebody is writing is never replaced, and focus stays", async () => {
  await chair.goto(`/p/${talks}/text`);
  await chair.keyboard.press("j");
  await chair.keyboard.press("j");
  const at = await chair.evaluate(() => document.activeElement.id);
  await propose(party, 2, "parties", "Bittern");
  await chair.locator("#text", { hasText: "Bittern" }).waitFor({ timeout: 5000 });
  assert.equal(await chair.evaluate(() => document.activeElement.id), at);
});
