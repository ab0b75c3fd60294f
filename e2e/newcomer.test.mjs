// The README's way from an empty directory to a second person's proposal, walked
// as somebody walks it who has never seen the product: two addresses are opened,
// the first administrator's link and the invitation; all else is found by the
// links and buttons of the pages.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { browser } from "./room.mjs";
import { Ledger, Person, machine } from "./machine.mjs";

let server, chromium, ledger;
const steps = { addresses: 0, clicks: 0, fields: 0, choices: 0 };

before(async () => {
  server = await machine();
  chromium = await browser();
  ledger = new Ledger(server.url);
});
after(async () => {
  await chromium?.close();
  await server?.stop();
});

const opens = (p, address) => { steps.addresses++; return p.go(address); };
const clicks = async (p, words, role) => {
  steps.clicks++;
  const there = role ? p.page.getByRole(role, { name: words, exact: true }) : p.page.getByText(words, { exact: true });
  await there.first().click();
};
const goes = async (p, words, role) => {
  const before = await p.moment();
  await clicks(p, words, role);
  await p.arrived(before);
};
const fills = (p, label, value, within = p.page) => { steps.fields++; return within.getByLabel(label, { exact: true }).first().fill(value); };

test("from paraph init to a second person's proposal", async () => {
  const began = Date.now();
  const ada = await Person.come(chromium, server.url, ledger, "Ada Lind");
  await opens(ada, server.firstLink);
  await goes(ada, "Go on", "button");
  await fills(ada, "Your name", "Ada Lind");
  await goes(ada, "Make a passkey", "button");
  await ada.page.waitForURL("**/account/second");
  await goes(ada, "Later", "link");
  await goes(ada, "Open a process", "link");
  await fills(ada, "Title", "The harbour dues");
  await goes(ada, "Open the process", "button");
  await clicks(ada, "Admit a seat");
  const admit = ada.page.locator("form[action$='/seats']");
  await fills(ada, "Code", "NOR", admit);
  await fills(ada, "Name", "Northport", admit);
  await goes(ada, "Admit", "button");
  await clicks(ada, "Accredit somebody for NOR");
  await fills(ada, "Name", "Nils Port", ada.page.locator("form[action$='/people']:has([name=seat][value=NOR])"));
  steps.clicks++;
  await ada.press("Accredit", ada.page.locator("form[action$='/people']:has([name=seat][value=NOR])"));
  const { link, words } = await ada.invitation();
  await goes(ada, "I have passed them on", "link");
  await goes(ada, "Versions", "link");
  await goes(ada, "Issue a version", "link");
  const text = ada.page.getByLabel("Text", { exact: true });
  await fills(ada, "Text", (await text.inputValue()).trimEnd() + " Each ship pays once a year.\n");
  steps.choices++;
  await ada.page.getByRole("radio", { name: /^Plenary/ }).check();
  await goes(ada, "Issue it", "button");
  assert.match(await ada.page.locator(".notice.done").innerText(), /on the record/);

  const nils = await Person.come(chromium, server.url, ledger, "Nils Port");
  await opens(nils, link);
  await fills(nils, "The six words", words.join(" "));
  await goes(nils, "Go on", "button");
  assert.equal(await nils.page.getByLabel("Your name").inputValue(), "Nils Port");
  await goes(nils, "Make a passkey", "button");
  await nils.page.waitForURL("**/account/second");
  await goes(nils, "Later", "link");
  await goes(nils, "The harbour dues", "link");
  await goes(nils, "Text", "link");
  await goes(nils, "Propose");
  const wording = nils.page.getByLabel("Wording");
  await fills(nils, "Wording", (await wording.inputValue()).replace("once a year", "each time"));
  steps.choices++;
  await nils.page.getByRole("radio", { name: /^Plenary/ }).check();
  await goes(nils, "Put it on the record", "button");
  assert.match(await nils.page.locator(".notice.done").innerText(), /Your proposal is on the record/);

  await goes(ada, "Text", "link");
  await ada.page.locator("#text .bracket").first().waitFor();
  assert.match(await ada.page.locator("#text").innerText(), /each time/);
  console.log(JSON.stringify({ ...steps, seconds: Math.round((Date.now() - began) / 1000) }));
  assert.ok(steps.clicks + steps.fields + steps.choices <= 40, JSON.stringify(steps));
  assert.deepEqual(ledger.wrong, []);
});
