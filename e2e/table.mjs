// What people do at a table through its pages, in the words of the pages.
import assert from "node:assert/strict";

export const draft = (title, seats, clauses) => `---\ntitle: ${title}\nseats: ${seats}\n---\n\n${clauses.map((words, i) => `${i + 1}. ${words}\n`).join("\n")}`;

// open opens a process and gives the path of its pages.
export async function open(chair, title, seat = "CHAIR") {
  await chair.go("/new");
  await chair.fill({ Title: title, "Code of the chair's seat": seat });
  await chair.press("Open the process");
  assert.match(chair.page.url(), /done=opened/);
  return new URL(chair.page.url()).pathname.replace("delegations", "");
}

// issue puts a first text on the table, for every seat.
export async function issue(chair, talks, text) {
  await chair.go(talks + "versions/new");
  await chair.fill({ Text: text });
  await chair.page.locator("[name=audience][value=plenary]").check();
  await chair.press("Issue it");
  assert.match(chair.page.url(), /done=issued/, await chair.page.locator("main").innerText());
}

// admit gives a seat at the table.
export async function admit(chair, talks, code, name, role = "party") {
  await chair.go(talks + "delegations");
  await chair.page.getByText("Admit a seat").click();
  const form = chair.page.locator(`form[action="${talks}seats"]`);
  await chair.fill({ Code: code, Name: name }, form);
  await form.locator(`[name=role][value=${role}]`).check();
  await chair.press("Admit", form);
  assert.match(chair.page.url(), /done=admitted/);
}

// accredit names somebody of a seat and gives what lets that one in.
export async function accredit(by, talks, code, name, capacity = "head") {
  await by.go(talks + "delegations");
  await by.page.getByText(`Accredit somebody for ${code}`, { exact: true }).click();
  const form = by.page.locator(`form[action="${talks}people"]:has([name=seat][value="${code}"])`);
  await by.fill({ Name: name }, form);
  await form.locator(`[name=capacity][value="${capacity}"]`).check();
  await form.locator("[name=audience][value=plenary]").check();
  await by.press("Accredit", form);
  return by.invitation();
}

// clauses lists the numbered clauses of the text, in order.
export async function clauses(p, talks) {
  await p.go(talks + "text");
  return p.page.locator(".unit:has(p > .label)").evaluateAll((units) => units.map((u) => u.id.slice(2)));
}

// propose amends a clause, to those who are named.
export async function propose(p, talks, clause, audience, words, reason = "") {
  await p.go(`${talks}propose?kind=amend&clause=${clause}`);
  await p.fill({ Wording: words, Reason: reason });
  await p.page.locator(`[name=audience][value="${audience}"]`).check();
  await p.press("Put it on the record");
  assert.match(p.page.url(), /done=proposed/, await p.page.locator("main").innerText());
}

// take takes a position on a clause.
export async function take(p, talks, clause, position, audience, note) {
  await p.go(`${talks}clauses/${clause}/position`);
  await p.page.locator(`[name=position][value="${position}"]`).check();
  await p.fill({ Note: note });
  await p.page.locator(`[name=audience][value="${audience}"]`).check();
  await p.press("Put it on the record");
  assert.match(p.page.url(), /done=position/, await p.page.locator("main").innerText());
}

// about gives the row of somebody among what one can do about a delegation.
export const about = (p, name) => p.page.locator("li.row", { has: p.page.locator("b", { hasText: name }) });

// inTime waits until something holds, and fails when it does not in time (ms).
export async function inTime(most, what, holds) {
  const until = performance.now() + most;
  while (!(await holds())) {
    assert.ok(performance.now() < until, `${what}: not within ${most} ms`);
    await new Promise((done) => setTimeout(done, 20));
  }
}
