// People at a real table, each in a browser of their own with a passkey of
// their own: a machine is made, a process opened, seats admitted, delegations
// accredited, proposals tabled to all and in confidence. After each step every
// browser reads all its pages, and finds what is addressed to it and no trace of
// the rest. Then a device is lost, a colleague let back in, a member struck out
// while a page is open, a seat suspended and restored, a table left.
import { after, before, describe, test } from "node:test";
import assert from "node:assert/strict";
import { browser } from "./room.mjs";
import { Ledger, Person, machine } from "./machine.mjs";

let server, chromium, ledger, talks;
const at = {}; // the people, by name

before(async () => {
  server = await machine();
  chromium = await browser();
  ledger = new Ledger(server.url);
  // Asking for a fresh passkey is an answer of its own kind.
  ledger.expect(403, /^\/(admin|account|p\/[^/]+\/(seats|people|versions|proposals|clauses))/);
});
after(async () => {
  await chromium?.close();
  await server?.stop();
});

const come = async (name) => (at[name] = await Person.come(chromium, server.url, ledger, name));

const draft = `---
title: Draft agreement on the upper river
parties: ALD, BRE, CYR
---

1. The seats share the water of the upper river by turns.

2. Each seat tells the others of a dry month in time.

3. A commission of the seats meets twice a year.
`;

// Words that nobody else would write, and who may read each.
const secrets = [];

// everyone reads all pages of every browser at the table, and every page that is
// open, and compares with who may read what was said.
async function everyone() {
  for (const p of Object.values(at)) {
    if (!p.seat) continue;
    const pages = await p.read([...p.pages, "/", "/account"]);
    const open = await p.page.content();
    for (const { canary, readers } of secrets) {
      const seen = Object.entries(pages).filter(([, body]) => body.includes(canary)).map(([path]) => path);
      if (readers.includes(p.name)) assert.ok(seen.length > 0, `${p.name} reads ${canary} nowhere`);
      else {
        assert.deepEqual(seen, [], `${p.name} may not read ${canary}`);
        assert.ok(!open.includes(canary), `${p.name}'s open page shows ${canary}`);
      }
    }
  }
}

// seat puts somebody at the table and remembers which pages the menu offers.
async function seat(p, code) {
  p.seat = code;
  await p.go(talks);
  p.pages = await p.menu();
  assert.ok(p.pages.length >= 10, `${p.name} has only these pages: ${p.pages}`);
  await p.go(`${talks}text`);
}

describe("people", () => {
  test("the first administrator enrols by keyboard and invites a chair", async () => {
    const admin = await come("Ada Host");
    await admin.go(server.firstLink);
    await admin.judge("invitation-first");
    await admin.page.keyboard.press("Tab");
    await admin.enter({ link: server.firstLink });
    await admin.judge("account-second", { everywhere: true });

    // Invite by keyboard: administration, the name, sent.
    await admin.go("/");
    await admin.judge("processes-administrator");
    await tabTo(admin, "Administration");
    await admin.page.keyboard.press("Enter");
    await admin.page.waitForURL("**/admin");
    await admin.judge("admin", { everywhere: true });
    await tabTo(admin, "Name");
    await admin.page.keyboard.type("Chiara Mediator");
    const before = await admin.page.evaluate(() => performance.timeOrigin);
    await admin.page.keyboard.press("Enter");
    await admin.arrived(before);
    await admin.judge("invitation-made", { everywhere: true });
    at.invitation = await admin.invitation();
    assert.equal(at.invitation.words.length, 6);
  });
});

// tabTo walks by Tab until what has focus bears these words.
async function tabTo(p, words) {
  for (let i = 0; i < 60; i++) {
    await p.page.keyboard.press("Tab");
    const name = await p.page.evaluate(() => {
      const e = document.activeElement;
      return (e.ariaLabel || e.labels?.[0]?.innerText || e.innerText || "").trim();
    });
    if (name.startsWith(words)) return;
  }
  throw new Error(`Tab never comes to ${words} on ${p.page.url()}`);
}
