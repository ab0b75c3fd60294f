// From the first administrator's link to a second person's proposal, each in a
// browser with a passkey of their own.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { axe, browser } from "./room.mjs";
import { accredit, admit, comesIn, confirms, open, secrets, served, signsIn, visitor } from "./people.mjs";

let server, chromium, administrator, chair, north, at;

before(async () => {
  server = await served();
  chromium = await browser();
});
after(async () => {
  await chromium?.close();
  await server?.stop();
});

const looked = async (page, name) => assert.deepEqual(await axe(page), [], name);

test("the first administrator comes in and invites the chair to be", async () => {
  administrator = await visitor(chromium, server.url);
  await administrator.goto(server.first);
  await looked(administrator, "the invitation");
  await comesIn(administrator, server.first, [], "Ada Root");
  await looked(administrator, "the second passkey");
  await administrator.goto("/admin");
  await administrator.getByLabel("Name", { exact: true }).fill("Carl Mediator");
  await administrator.getByRole("button", { name: "Make a link and six words" }).click();
  const { link, words } = await secrets(administrator);
  assert.equal(words.length, 6);
  await looked(administrator, "the secrets");

  chair = await visitor(chromium, server.url);
  await comesIn(chair, link, words, "Carl Mediator");
});

test("the chair opens a process, admits a seat and lets its head in", async () => {
  at = await open(chair, "The river talks", "CHAIR");
  await admit(chair, at, "NO", "Northland");
  await looked(chair, "the delegations");
  const { link, words } = await accredit(chair, at, "NO", "Nora North");
  north = await visitor(chromium, server.url);
  await comesIn(north, link, words, "Nora North");
  await north.goto("/");
  await looked(north, "the processes");
  await north.getByRole("link", { name: "The river talks" }).click();
  await north.waitForURL("**" + at);

  // An administrator of the machine reads nothing of it.
  const seen = await administrator.goto(at);
  assert.equal(seen.status(), 404);
});

test("a second person's proposal reaches the chair's open page", async () => {
  await chair.goto(at + "versions/new");
  await chair.getByLabel("Text", { exact: true }).fill("---\nseats: NO\n---\n\n1. The parties share the water.\n");
  await chair.locator("[name=audience][value=plenary]").check();
  await chair.getByRole("button", { name: "Preview" }).click();
  await chair.getByText("Preview: 0 brackets").waitFor();
  await looked(chair, "issuing");
  await chair.getByRole("button", { name: "Issue it" }).click();
  await chair.waitForURL("**/versions/*?done=issued");
  await chair.goto(at + "text");

  await north.goto(at + "text");
  const clause = await north.locator(".unit:has(p > .label)").first().evaluate((u) => u.id.slice(2));
  await north.goto(at + "propose?kind=amend&clause=" + clause);
  await north.locator("textarea.words").fill("1. The parties share Kingfisher.");
  await north.locator('input[value="offices:NO"]').check();
  await north.locator("button.first").click();
  await north.waitForURL("**done=proposed**");
  await chair.locator("#text", { hasText: "Kingfisher" }).waitFor({ timeout: 5000 });
});

test("who signs out sees the door, and comes back with the passkey", async () => {
  await north.goto("/");
  await north.getByRole("button", { name: "Sign out" }).click();
  await north.getByRole("button", { name: "Sign in with a passkey" }).waitFor();
  assert.ok(!(await north.content()).includes("river"));
  assert.equal((await north.goto(at)).status(), 404);
  await signsIn(north);
  await looked(north, "the processes");
  await north.goto("/account");
  await looked(north, "the account");
});

test("locking all sessions closes the other window at once", async () => {
  const other = await north.context().newPage();
  await other.goto(at + "text");
  await north.goto("/account");
  await north.getByRole("button", { name: "Lock all" }).click();
  await north.getByRole("button", { name: "Sign in with a passkey" }).waitFor();
  await other.locator("#stale").waitFor({ state: "visible", timeout: 5000 });
  assert.equal((await other.goto(at + "text")).status(), 404);
});

test("no page breaks the policy of what it may load", () => {
  for (const page of [administrator, chair, north]) assert.deepEqual(page.violations, []);
});
