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
import { about, accredit, admit, clauses, draft, inTime, issue, open, propose, take } from "./table.mjs";

let server, chromium, ledger, talks, paragraphs, ada, invitation;
const table = {}; // who sits at the table, by what they are there
const seats = { chair: "CHAIR", ald: "ALD", member: "ALD", adviser: "ALD", bre: "BRE", cyr: "CYR", observer: "OBS" };
const secrets = []; // words that nobody else would write, and who may read each

const come = (name, options) => Person.come(chromium, server.url, ledger, name, options);

// everyone reads all pages of every browser at the table, and every page that is
// open, and compares with who may read what was said.
async function everyone() {
  for (const [as, p] of Object.entries(table)) {
    const pages = await p.read([...p.pages, ...paragraphs.map((c) => `${talks}clauses/${c}`), "/", "/account"]);
    const shown = await p.page.content();
    for (const [path, body] of Object.entries(pages)) assert.match(body, /^200 /, `${path} of ${as}`);
    for (const { canary, readers } of secrets) {
      const seen = Object.entries(pages).filter(([, body]) => body.includes(canary)).map(([path]) => path);
      if (readers.includes(as)) assert.ok(seen.length > 0, `${as} reads ${canary} nowhere`);
      else {
        assert.deepEqual(seen, [], `${as} may not read ${canary}`);
        assert.ok(!shown.includes(canary), `the open page of ${as} shows ${canary}`);
      }
    }
  }
}

// said waits until the open pages of those who may read show it, without being
// loaded again, and then looks at everyone's.
async function said(canary, readers, by) {
  secrets.push({ canary, readers });
  for (const as of readers) {
    if (as !== by) await table[as].page.locator("#text", { hasText: canary }).waitFor({ timeout: 20_000 });
  }
  await everyone();
  await table[by].go(talks + "text");
}

// sits puts somebody at the table, at the open text.
async function sits(as, p) {
  await p.go(talks);
  p.pages = await p.menu();
  assert.ok(p.pages.length >= 10, `${as} has only these pages: ${p.pages}`);
  await p.go(talks + "text");
  table[as] = p;
}

// tabTo walks by Tab until what has focus bears these words.
async function tabTo(p, words) {
  for (let i = 0; i < 80; i++) {
    await p.page.keyboard.press("Tab");
    const name = await p.page.evaluate(() => {
      const e = document.activeElement;
      return (e.ariaLabel || e.labels?.[0]?.innerText || e.innerText || "").trim();
    });
    if (name.startsWith(words)) return;
  }
  throw new Error(`Tab never comes to ${words} on ${p.page.url()}`);
}

// enter presses Enter and waits for the page after it.
async function enter(p) {
  const before = await p.moment();
  await p.page.keyboard.press("Enter");
  await p.arrived(before);
}

// closed tells that an open page has lost its stream, says so, and is, when it
// is loaded again, byte for byte a page of a process that never was.
async function closed(p, since) {
  await p.page.locator("#stale").waitFor({ state: "visible", timeout: 5000 });
  await p.page.locator("#stale [data-ended]").waitFor({ state: "visible", timeout: 5000 });
  assert.match(await p.page.locator("#stale").innerText(), /^Your access to this page has ended: .* Load the page again$/);
  const took = await p.page.evaluate(() => globalThis.ended) - since;
  assert.ok(took < 1000, `the stream closed after ${took} ms`);
  const there = `${talks}text`, never = "/p/abcdefghijklmnopqrstuvwxyz/text";
  const pages = await p.read([there, never]);
  assert.match(pages[there], /^404 /);
  assert.equal(pages[there], pages[never]);
  await p.page.reload();
  assert.match(await p.page.locator("h1").innerText(), /nothing here for you/);
}

// listens notes when the stream of an open page ends.
async function listens(p) {
  await p.go(talks + "text");
  await p.page.evaluate(() => new Promise((ready) => {
    const stream = new EventSource(document.body.dataset.live);
    stream.onopen = ready;
    stream.onerror = () => { globalThis.ended ??= Date.now(); };
  }));
}

before(async () => {
  server = await machine();
  chromium = await browser();
  ledger = new Ledger(server.url);
  ledger.expect(403, /^\/(admin|account|p\/[^/]+\/(seats|people|versions|proposals))/); // a fresh passkey is asked for
  ledger.expect(404, /^\/(p\/|live)/); // each of these is looked for, in closed
});
after(async () => {
  await chromium?.close();
  await server?.stop();
});

describe("people", () => {
  test("the first administrator enrols, and invites a chair by keyboard in four steps", async () => {
    ada = await come("Ada Host");
    await ada.go(server.firstLink);
    await ada.judge("invitation-first");
    await ada.enter({ link: server.firstLink });
    await ada.judge("account-second");
    await ada.go("/");
    await ada.judge("processes-administrator");
    await tabTo(ada, "Administration"); // 1
    await enter(ada);
    await ada.judge("admin", { everywhere: true });
    await tabTo(ada, "Name"); // 2
    await ada.page.keyboard.type("Chiara Mediator"); // 3
    await enter(ada); // 4
    await ada.judge("invitation-made", { everywhere: true });
    invitation = await ada.invitation();
    assert.equal(invitation.words.length, 6);
  });

  test("the chair enters with six words and opens a process", async () => {
    const chair = table.chair = await come("Chiara Mediator");
    await chair.go(invitation.link);
    await chair.judge("invitation");
    await chair.page.getByLabel("The six words").fill(invitation.words.join(" "));
    await chair.press("Go on");
    await chair.judge("enrolment");
    await chair.enter(invitation);
    await chair.go("/new");
    await chair.judge("new");
    talks = await open(chair, "The upper river");
    for (const [code, name, role] of [["ALD", "Aldmark"], ["BRE", "Brenland"], ["CYR", "Cyria"], ["OBS", "League of Lakes", "observer"]]) {
      await admit(chair, talks, code, name, role);
    }
    await chair.go(talks + "versions/new");
    await chair.judge("issue", { everywhere: true });
    await issue(chair, talks, draft("Draft agreement", "ALD, BRE, CYR", [
      "The seats share the water of the upper river by turns.", "Each seat tells the others of a dry month in time.",
      "A commission of the seats meets twice a year.", "The commission hears what a seat has to say.",
    ]));
    paragraphs = await clauses(chair, talks);
    assert.equal(paragraphs.length, 4);
    // Who runs the machine reads nothing of it.
    assert.equal((await ada.go(talks)).status(), 404);
  });

  test("heads and their delegations come in, each in a browser of their own", async () => {
    for (const [as, name] of [["ald", "Alma Head"], ["bre", "Bruno Head"], ["cyr", "Cyra Head"], ["observer", "Olof Watch"]]) {
      const invited = await accredit(table.chair, talks, seats[as], name);
      const p = await come(name);
      await p.enter(invited);
      await sits(as, p);
    }
    for (const [as, name, capacity] of [["member", "Mara Member", "member"], ["adviser", "Ansel Adviser", "adviser"]]) {
      const invited = await accredit(table.ald, talks, "ALD", name, capacity);
      const p = await come(name);
      await p.enter(invited);
      await sits(as, p);
    }
    await table.ald.go(talks + "text");
    await sits("chair", table.chair);
    await everyone();
  });

  test("each kind of seat has its page of delegations, checked by keyboard in two steps", async () => {
    for (const as of ["chair", "ald", "member", "observer"]) {
      const p = table[as];
      await tabTo(p, "Delegations"); // 1
      await enter(p); // 2
      const shown = await p.page.locator("#delegations").innerText();
      for (const name of ["Chiara Mediator", "Alma Head", "Bruno Head", "Mara Member"]) assert.match(shown, new RegExp(name));
      await p.judge("delegations-" + as, { everywhere: as === "chair" });
      // Who has a passkey, or an invitation, is for the own delegation and for who invites.
      assert.equal(await about(p, "Alma Head").getByText("has a passkey").count(), as === "observer" ? 0 : 1, as);
      assert.equal(await about(p, "Bruno Head").count(), as === "chair" ? 1 : 0, as);
      await p.go(talks + "text");
    }
  });

  test("proposals reach whom they are addressed to, on open pages too", async () => {
    const all = Object.keys(table);
    await propose(table.ald, talks, paragraphs[0], "plenary", "1. The seats share the Kingfisher of the upper river.");
    await said("Kingfisher", all, "ald");
    await propose(table.bre, talks, paragraphs[1], "offices:BRE", "2. Each seat tells the others of a Bittern.");
    await said("Bittern", ["bre", "chair"], "bre");
    await propose(table.cyr, talks, paragraphs[2], "internal:CYR", "3. A Heron of the seats meets.");
    await said("Heron", ["cyr"], "cyr");
    await propose(table.member, talks, paragraphs[3], "internal:ALD", "4. The commission hears a Dipper.");
    await said("Dipper", ["ald", "member", "adviser"], "member");
    await propose(table.cyr, talks, paragraphs[3], "parties", "4. The commission hears a Grebe.");
    await said("Grebe", all.filter((as) => as !== "observer"), "cyr");
  });

  test("positions too", async () => {
    await take(table.bre, talks, paragraphs[0], "reserves", "offices:BRE", "Until the Plover is back.");
    secrets.push({ canary: "Plover", readers: ["bre", "chair"] });
    await everyone();
    await take(table.ald, talks, paragraphs[1], "supports", "plenary", "As the Avocet does.");
    secrets.push({ canary: "Avocet", readers: Object.keys(table) });
    await everyone();
    for (const p of Object.values(table)) await p.go(talks + "text");
  });

  test("what is cleared asks for a fresh passkey, and is then read by more", async () => {
    const bre = table.bre;
    await bre.go(talks + "proposals");
    await bre.page.getByText("Clear or withdraw").first().click();
    await bre.page.locator("select[name=audience]").selectOption("plenary");
    await bre.press("Clear");
    assert.match(bre.page.url(), /done=cleared/);
    secrets.find((s) => s.canary === "Bittern").readers = Object.keys(table);
    await table.observer.page.locator("#text", { hasText: "Bittern" }).waitFor({ timeout: 20_000 });
    await everyone();
    await bre.go(talks + "text");
  });

  test("a lost device is out at once, and the other one stays", async () => {
    const bre = table.bre;
    const [first] = await bre.keysOn(bre.device);
    await bre.unplug(bre.device);
    const stick = await bre.plug("usb");
    await bre.go("/account/second");
    await bre.fill({ "What to call it": "a stick" });
    await bre.press("Add a second passkey");
    await bre.judge("account", { everywhere: true });
    const [second] = await bre.keysOn(stick);
    await bre.unplug(stick);
    bre.device = await bre.plug("internal");
    await bre.putKey(bre.device, first);
    await listens(bre);

    const other = await come("Bruno Head", { device: "usb" });
    await other.putKey(other.device, second);
    await other.go("/sign-in"); // sign in by keyboard: 1 the page, 2 Enter
    await other.judge("sign-in");
    await enter(other);
    await tabTo(other, "Bruno Head"); // 1
    await enter(other); // 2
    await tabTo(other, "Report lost"); // 3
    await enter(other); // 4
    assert.match(await other.page.locator(".notice.done").innerText(), /opens nothing any more/);
    await closed(bre, other.posted);
    await bre.context.close();
    await sits("bre", other);
    await everyone();
  });

  test("who lost every device is let back in by two of the delegation, and all of it are told", async () => {
    const { ald, member, adviser } = table;
    await ald.go("/account");
    await ald.page.getByText("I have lost every device").click();
    await ald.press("End them all");
    const vouch = async (p) => {
      await p.go(talks + "delegations");
      await about(p, "Alma Head").getByText("Vouch", { exact: true }).click();
      await p.press(/^Vouch for Alma Head/);
    };
    await vouch(member);
    await member.judge("vouched-first");
    const link = await member.page.locator("#link").innerText();
    assert.equal(await member.page.locator("#words").count(), 0);
    await vouch(adviser);
    await adviser.judge("vouched-second");
    const words = await adviser.page.locator("#words li").allInnerTexts();
    assert.equal(await adviser.page.locator("#link").count(), 0);
    await adviser.go("/");
    assert.match(await adviser.page.locator("main").innerText(), /begun to let Alma Head back in/);

    const anew = await come("Alma Head");
    await anew.enter({ link, words });
    await sits("ald", anew);
    await ald.context.close();
    await member.go("/");
    assert.match(await member.page.locator("main").innerText(), /Alma Head was let back into the place/);
    await member.judge("processes-notices");
    for (const p of [member, adviser]) await p.go(talks + "text");
    await everyone();
  });

  test("a member struck out while a page is open sees no more from that moment", async () => {
    const { ald, adviser } = table;
    await listens(adviser);
    await ald.go(talks + "delegations");
    await about(ald, "Ansel Adviser").getByText("Strike", { exact: true }).click();
    await about(ald, "Ansel Adviser").getByLabel("Reason").fill("Recalled to the capital");
    await ald.press(/^End the accreditation/);
    await closed(adviser, ald.posted);
    delete table.adviser;
    await ald.judge("delegations-struck");
    assert.match(await ald.page.locator("#delegations").innerText(), /1 accreditation ended/);
    await ald.go(talks + "text");
    await everyone();
  });

  test("a seat suspended reads nothing, and all again when it is restored", async () => {
    const { chair, cyr } = table;
    await listens(cyr);
    const turn = async (does, reason) => {
      await chair.go(talks + "delegations");
      const form = chair.page.locator(`form[action$="seats/${does}"]:has([name=seat][value=CYR])`);
      if (!(await form.isVisible())) await chair.page.locator("summary", { hasText: new RegExp(`^${does} CYR`, "i") }).click();
      await chair.fill({ Reason: reason }, form);
      await chair.press(new RegExp(`^${does} CYR`, "i"), form);
    };
    await turn("suspend", "Arrears");
    await closed(cyr, chair.posted);
    await chair.judge("delegations-suspended");
    delete table.cyr;
    await chair.go(talks + "text");
    await everyone();
    await turn("restore", "Paid");
    await chair.go(talks + "text");
    await sits("cyr", cyr);
    await everyone();
  });

  test("locking all sessions, signing out, leaving", async () => {
    const { cyr, observer } = table;
    const window = await cyr.another();
    await listens(window);
    await cyr.go("/account");
    await cyr.press(/^Lock all/);
    await closed(window, cyr.posted);
    assert.match(await cyr.page.locator("h1").innerText(), /Sign in/);
    await cyr.signIn();
    await sits("cyr", cyr);

    await cyr.press("Sign out");
    assert.ok(!(await cyr.page.content()).includes("upper river"));
    assert.equal((await cyr.go(talks)).status(), 404);
    await cyr.signIn();
    await sits("cyr", cyr);

    await listens(observer);
    const second = await observer.another();
    await second.go("/account");
    await second.page.getByText("Leave", { exact: true }).click();
    await second.press("Leave the table");
    await closed(observer, observer.posted);
    delete table.observer;
    await everyone();
    await table.chair.go(talks + "delegations");
    assert.match(await table.chair.page.locator("#delegations").innerText(), /1 accreditation ended/);
  });

  test("no page that was looked at has a fault of WCAG 2.2 AA, or scrolls sideways on a phone", () => {
    assert.deepEqual(ledger.ill, []);
  });

  test("no browser complained of anything, and every answer had its headers", () => {
    assert.ok(ledger.answers > 500, `${ledger.answers} answers only`);
    assert.deepEqual(ledger.wrong, []);
  });
});
