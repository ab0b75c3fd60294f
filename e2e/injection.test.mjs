// More than 500 things that somebody might write so that they run in another's
// browser: through every text field of every form, the names of files, the
// addresses of pages and every field of the interface for programs. Then every
// page is opened in every kind of seat, and streams were open all along: nothing
// runs, nothing is asked of elsewhere, and what was written stands there as text.
import { after, before, describe, test } from "node:test";
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { browser } from "./room.mjs";
import { Ledger, Person, machine } from "./machine.mjs";
import { accredit, admit, clauses, draft, issue, open } from "./table.mjs";
import { all, batches, controls, lines, marks, plain } from "./payloads.mjs";

let server, chromium, ledger, talks, at, version, carried;
const table = {};
const tally = { posted: 0, taken: 0, refused: 0, asked: 0, opened: 0 };
const foreign = []; // whatever came out of an answer that no page of ours holds

const line = batches(plain, 950); // what one line may hold
const hard = [...batches(lines, 950), ...batches(marks, 950), ...controls]; // some of it is refused, and shown again

const key = () => [...randomBytes(26)].map((b) => String.fromCharCode(97 + (b % 26))).join("");

// probe is what every window has from its beginning: a thing to hit, an eye for
// what does not belong on a page, and a way to send many forms one after the other.
function probe() {
  globalThis.hit = () => { globalThis.executed = true; console.error("something that somebody wrote was executed"); };
  globalThis.strange = (doc) => {
    const out = [];
    const ours = /^(\/(?!\/)|[#?]|http:\/\/localhost:\d+\/|$|clauses\/[0-9a-z]+(#[0-9a-z-]+)?$|propose\?kind=[a-z]+&(clause|after)=[0-9a-z]*$)/;
    for (const e of doc.querySelectorAll("*")) {
      const tag = e.localName;
      if (/^(iframe|object|embed|img|image|picture|source|video|audio|base|style|math|marquee|xss|x|template|portal|frame|frameset|plaintext|listing|xmp|noembed|set|animate|use|foreignobject|script\W.*)$/i.test(tag)) out.push(tag);
      if (tag === "script" && (!/^\/assets\/app[.-][^/]*js/.test(e.getAttribute("src") ?? "") || e.textContent)) out.push("script " + (e.getAttribute("src") ?? e.textContent));
      if (tag === "meta" && e.hasAttribute("http-equiv")) out.push("meta");
      for (const a of e.attributes) {
        if (/^on/.test(a.name) || a.name === "style" || a.name === "srcdoc") out.push(`${tag} ${a.name}`);
        if (/^(href|src|action|formaction|data|poster|background|ping|xlink:href|data-preview)$/.test(a.name) && !ours.test(a.value)) out.push(`${tag} ${a.name}=${a.value}`);
      }
    }
    return out;
  };
  globalThis.post = async (posts) => {
    const done = [];
    for (const { path, fields, file } of posts) {
      let body = new URLSearchParams();
      if (file) body = new FormData();
      for (const [name, value] of Object.entries(fields ?? {})) for (const v of [value].flat()) body.append(name, v);
      if (file) body.append(file.field, new File([file.text], file.name, { type: "text/plain" }));
      const answer = await fetch(path, { method: "POST", body, redirect: "manual" }); // to a page that is opened later
      const html = await answer.text();
      if (answer.status === 429) { await new Promise((again) => setTimeout(again, 1000)); return { done, stopped: "busy" }; }
      if (answer.status === 403 && html.includes('data-passkey="fresh"')) return { done, stopped: "fresh" };
      done.push({ path, status: answer.type === "opaqueredirect" ? 303 : answer.status, strange: globalThis.strange(new DOMParser().parseFromString(html, "text/html")) });
    }
    return { done };
  };
  globalThis.ask = async (paths) => Promise.all(paths.map(async (path) => {
    const answer = await fetch(path);
    return { path, status: answer.status, strange: globalThis.strange(new DOMParser().parseFromString(await answer.text(), "text/html")) };
  }));
}

// renew shows the passkey once more, as a form that asks for it makes one do.
async function renew(p) {
  const before = await p.moment();
  await p.page.evaluate(() => {
    const form = Object.assign(document.createElement("form"), { method: "post", action: "/account/tokens" });
    document.body.append(form);
    form.submit();
  });
  await p.arrived(before);
}

// send posts forms from somebody's window, and sees that every answer is clean.
async function send(p, posts) {
  while (posts.length > 0) {
    const { done, stopped } = await p.page.evaluate((some) => globalThis.post(some), posts.slice(0, 30));
    for (const d of done) {
      tally.posted++;
      if (d.status < 400) tally.taken++;
      else tally.refused++;
      assert.ok(d.status < 500, `${d.path} was answered with ${d.status}`);
      if (d.strange.length > 0) foreign.push(`${d.path}: ${d.strange.slice(0, 3)}`);
    }
    posts = posts.slice(done.length);
    if (stopped === "fresh") await renew(p);
  }
}

// looks opens a page, waits until its script has run, and sees that it is clean.
async function looks(p, path) {
  tally.opened++;
  await p.go(path);
  await p.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0))));
  const [executed, strange] = await p.page.evaluate(() => [globalThis.executed, globalThis.strange(document)]);
  assert.ok(!executed, `something ran on ${path} of ${p.name}`);
  if (strange.length > 0) foreign.push(`${path}: ${strange.slice(0, 3)}`);
}

async function comes(as, name, invited) {
  const p = table[as] = await Person.come(chromium, server.url, ledger, name);
  await p.context.addInitScript(probe);
  await p.enter(invited);
  return p;
}

before(async () => {
  server = await machine();
  chromium = await browser();
  ledger = new Ledger(server.url);
  for (const status of [400, 403, 404, 409, 413, 429]) ledger.expect(status, /./);
  const chair = await comes("chair", `<img src=x onerror=globalThis.hit()> "Chair"`, { link: server.firstLink });
  talks = await open(chair, `The <b>river</b> talks "'><svg onload=globalThis.hit()>`);
  await admit(chair, talks, "ALD", `Aldmark</bdi><script>globalThis.hit()</script>`);
  await admit(chair, talks, "BRE", `Brenland" onfocus=globalThis.hit() autofocus x="`);
  await admit(chair, talks, "OBS", `{{constructor.constructor('hit()')()}}`, "observer");
  await issue(chair, talks, draft("Draft", "ALD, BRE", ["The seats share the water.", "Each seat tells the others.", "A commission meets."]));
  at = await clauses(chair, talks);
  await comes("ald", `Alma <script>hit()</script>`, await accredit(chair, talks, "ALD", `Alma"><img src=x onerror=globalThis.hit()>`));
  await comes("observer", `Olof ${"${hit()}"}`, await accredit(chair, talks, "OBS", `Olof javascript:hit()`));
  await table.ald.go(`${talks}propose?kind=amend&clause=${at[0]}`);
  version = await table.ald.page.locator("input[name=version]").inputValue();
});
after(async () => {
  await chromium?.close();
  await server?.stop();
});

describe("what somebody writes", () => {
  test("goes through every form, while pages are open", async () => {
    assert.ok(all.length >= 500, `${all.length} payloads`);
    const watching = [];
    for (const [as, page] of [["chair", "text"], ["chair", "messages"], ["observer", "text"], ["observer", "delegations"]]) {
      const window = await table[as].context.newPage();
      await window.goto(talks + page);
      watching.push(window);
    }
    const mine = [], theirs = [];
    await table.ald.go(`${talks}clauses/${at[1]}/position`);
    const on = await table.ald.page.locator("select[name=on] option").first().getAttribute("value");
    const fingerprint = await table.ald.page.locator("input[name=fingerprint]").inputValue();
    // Each field gets each of the lines once, and then each of what is hard to take.
    for (const [turn, given] of [line, hard].entries()) given.forEach((_, r) => {
      const some = (k) => given[(r + k) % given.length];
      const code = "S" + "XY"[turn] + String.fromCharCode(65 + r / 26) + String.fromCharCode(65 + r % 26);
      const proposal = key(), person = key();
      const message = key();
      if (given === line) carried = message;
      mine.push(
        { path: talks + "preview", fields: { key: key(), kind: "amend", version, clause: at[0], words: "1. " + some(0), reason: some(1), audience: "parties" } },
        { path: talks + "propose", fields: { key: proposal, kind: "amend", version, clause: at[0], words: "1. Water " + r, reason: some(1), audience: "parties" } },
        { path: talks + `proposals/${proposal}/clear`, fields: { audience: "plenary", reason: some(2) } },
        { path: talks + `proposals/${proposal}/withdraw`, fields: { reason: some(3) } },
        { path: talks + "propose", fields: { key: key(), kind: "amend", version, clause: at[2], words: "3. " + some(4), reason: some(5), audience: "plenary" } },
        { path: talks + "propose", fields: { key: key(), kind: "insert", version, after: at[1], words: some(6), reason: some(7), audience: "plenary" } },
        { path: talks + `clauses/${at[1]}/position`, fields: { key: key(), do: "position", on, position: "supports", fingerprint, note: some(8), audience: "plenary" } },
        { path: talks + "messages", fields: { key: message, to: "", words: some(9), "pass-on": some(10), withhold: some(11), "may-pass": ["BRE"] } },
        { path: talks + "people", fields: { key: person, seat: "ALD", name: some(12), office: some(13), capacity: "adviser", languages: "en", powers: some(14), audience: "plenary" } },
        { path: talks + "people", fields: { key: key(), seat: "ALD", name: "x", office: "x", capacity: some(15), languages: some(16), powers: "x", audience: some(17) } },
        { path: talks + `people/${person}/strike`, fields: { key: key(), seat: "ALD", reason: some(18) } },
      );
      theirs.push(
        { path: talks + `messages/${message}/carry`, fields: { to: "BRE", words: some(0) } },
        { path: talks + "seats", fields: { key: key(), seat: code, name: some(1), role: "observer", audience: "plenary" } },
        { path: talks + "seats", fields: { key: key(), seat: some(2), name: some(3), role: "party", audience: "plenary" } },
        { path: talks + "seats/suspend", fields: { key: key(), seat: code, reason: some(4) } },
        { path: talks + "seats/restore", fields: { key: key(), seat: code, reason: some(5) } },
        { path: talks + "versions/preview", fields: { key: key(), symbol: some(6), class: "chair's text", date: some(7), draft: some(8), note: some(9), outlet: some(10), audience: "plenary" } },
        { path: "/new", fields: { key: key(), title: some(11), question: some(12), regime: "without prejudice", languages: "en", principles: some(13), seat: "CHAIR", "seat-name": some(14), audience: "plenary" } },
        { path: "/new", fields: { key: key(), title: "x", question: "x", regime: some(15), languages: some(16), principles: "x", seat: some(17), "seat-name": "x", audience: "plenary" } },
      );
      if (r % 4 === 0) {
        theirs.push({ path: talks + "versions/new", fields: { key: key(), symbol: some(18).replaceAll("\n", " ") + r, class: "chair's text", date: some(19).slice(0, 60), note: some(20), outlet: some(21), audience: "plenary" }, file: { field: "draft", name: some(22).slice(0, 200), text: draft("Draft " + r, "ALD, BRE", ["The seats share the water.", "Each seat tells the others.", "A commission meets.", ...[0, 1, 2, 3].map((k) => some(k))]) } });
      }
    });
    await send(table.ald, mine);
    await send(table.chair, theirs);
    for (const window of watching) {
      assert.ok(!(await window.evaluate(() => globalThis.executed)));
      const strange = await window.evaluate(() => globalThis.strange(document));
      if (strange.length > 0) foreign.push(`${window.url()}: ${strange.slice(0, 3)}`);
      await window.close();
    }
    assert.deepEqual(foreign, []);
    assert.ok(tally.taken > tally.posted / 3, JSON.stringify(tally));
  });

  test("goes through the names of accounts, invitations, tokens and passkeys", async () => {
    const { chair, ald } = table;
    const id = talks.split("/")[2];
    await send(chair, batches(plain, 195).map((name) => ({ path: "/admin/invitations", fields: { key: key(), name, as: "convener" } })));
    await send(ald, batches(plain, 98).slice(0, 200).map((name) => ({ path: "/account/tokens", fields: { name, process: id, may: "read", for: "day" } })));
    await send(ald, [...hard, ...line].map((name) => ({ path: "/account/tokens", fields: { name, process: name, may: name, for: name } })));
    for (const label of [plain[0], plain.find((p) => p.includes("</textarea>")), marks[0]]) {
      const keys = await ald.keysOn(ald.device);
      await ald.unplug(ald.device);
      const other = await ald.plug("usb");
      await ald.go("/account/second");
      await ald.fill({ "What to call it": label });
      await ald.page.getByRole("button", { name: "Add a second passkey" }).click();
      await ald.page.locator(".notice.done, .notice.wrong p").first().waitFor();
      await ald.unplug(other);
      ald.device = await ald.plug("internal");
      await ald.putKey(ald.device, keys[0]);
    }
    assert.deepEqual(foreign, []);
  });

  test("goes through every field of the interface for programs", async () => {
    const document = await (await fetch(server.url + "/api/v1/openapi.json")).json();
    const id = talks.split("/")[2];
    const tokens = {};
    for (const as of ["chair", "ald"]) {
      const p = table[as];
      await renew(p);
      await p.go("/account");
      await p.page.getByText("Make a token").click();
      await p.fill({ "What it is for": "a program" });
      await p.page.locator("[name=may][value=bind]").check();
      await p.page.locator("select[name=process]").selectOption(id);
      await p.press("Make it");
      tokens[as] = await p.page.locator("#token").innerText();
    }
    const place = { process: id, clause: at[1], proposal: key(), message: carried, seat: "SXAA", person: key() };
    const sound = { audience: "plenary", clause: at[2], version, words: "3. A commission meets.", to: "BRE", may_pass: ["BRE"] };
    let fields = 0, sent = 0;
    for (const [path, of] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(of)) {
        const where = server.url + (path.startsWith("/api") ? "" : "/api/v1") + path.replace(/\{(\w+)\}/g, (_, name) => place[name] ?? key());
        const body = operation.requestBody?.content["application/json"];
        const by = /carry|seats|versions/.test(path) ? "chair" : "ald";
        const ask = async (json, address = where) => {
          for (;;) {
            const answer = await fetch(address, {
              method: method.toUpperCase(), headers: { Authorization: "Bearer " + tokens[by], "Content-Type": "application/json", "Idempotency-Key": key() }, body: json && JSON.stringify(json),
            });
            const said = await answer.text();
            if (answer.status === 429) { await new Promise((again) => setTimeout(again, 1000)); continue; }
            sent++;
            assert.ok(answer.status < 500, `${method} ${path} was answered with ${answer.status}: ${said.slice(0, 200)}`);
            if (/json/.test(answer.headers.get("content-type"))) JSON.parse(said);
            else assert.match(answer.headers.get("content-type") ?? "", /^text\/(event-stream|plain)/, `${method} ${path} is answered as ${answer.headers.get("content-type")}`);
            assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
            return answer.status;
          }
        };
        if (!body) {
          if (path.endsWith("/live")) continue;
          for (const value of batches(plain, 900)) await ask(undefined, where.split("?")[0] + "?" + new URLSearchParams((operation.parameters ?? []).filter((p) => p.in === "query").map((p) => [p.name, value])));
          continue;
        }
        const shape = body.schema.properties ?? document.components.schemas[body.schema.$ref.split("/").at(-1)].properties;
        const base = { ...body.example };
        for (const name of Object.keys(shape)) if (name in sound) base[name] = sound[name];
        if (base.seat === "KEL") base.seat = "ALD";
        for (const [name, property] of Object.entries(shape)) {
          const list = property.type === "array";
          if (!list && property.type !== "string" && !property.$ref) continue;
          fields++;
          const with_ = (value) => ({
            ...base, ...(path.endsWith("/seats") && { seat: "Z" + key().slice(0, 8) }), ...(path.endsWith("/versions") && { symbol: key() }), [name]: list ? [value] : value,
          });
          if ((await ask(with_(plain.join("\n")))) < 300) continue;
          for (const [i, value] of [...line, ...hard].entries()) if ((await ask(with_(value))) >= 300 && i > 2 && i < line.length - 2) break; // no free words: a code, a choice, an id
        }
      }
    }
    console.log(JSON.stringify({ fieldsOfPrograms: fields, sent }));
    assert.ok(fields > 30, `${fields} fields`);
  });

  test("goes into addresses", async () => {
    const { ald } = table;
    await ald.go(talks);
    const ways = (p) => [`${talks}text?held=${p}`, `${talks}text?reading=${p}`, `${talks}text?done=${p}`, `${talks}compare?old=${p}&new=${p}&as=${p}`, `${talks}proposals?seat=${p}`, `${talks}record?seat=${p}&kind=${p}&q=${p}`,
      `${talks}propose?kind=${p}&clause=${p}&after=${p}`, `${talks}clauses/${p}`, `${talks}versions/${p}`, `${talks}sittings/${p}`, `/p/${p}/text`, `/invitation/${p}`, `/sign-in?back=${p}`, `/assets/${p}`, `/${p}`, `/live?page=${p}&cursor=${p}`];
    for (const value of batches([...plain, ...lines, ...marks, ...controls], 1500)) {
      const paths = ways(encodeURIComponent(value.toWellFormed()));
      for (const a of await ald.page.evaluate((paths) => globalThis.ask(paths), paths)) {
        tally.asked++;
        assert.ok(a.status < 500, `${a.path} was answered with ${a.status}`);
        if (a.strange.length > 0) foreign.push(`${a.path.slice(0, 80)}: ${a.strange.slice(0, 3)}`);
      }
    }
    for (const path of ways(encodeURIComponent(plain[0] + plain.at(-1)))) if (!path.startsWith("/live")) await looks(ald, path);
    assert.deepEqual(foreign, []);
  });

  test("runs nowhere, and stands there as text", async () => {
    for (const [as, p] of Object.entries(table)) {
      await p.go(talks);
      const pages = await p.menu();
      await p.go(talks + "versions");
      const versions = await p.page.locator("tbody a").evaluateAll((links) => links.map((a) => a.getAttribute("href")));
      const forms = as === "ald" ? [`${talks}propose?kind=amend&clause=${at[2]}`, `${talks}propose?kind=insert`, `${talks}clauses/${at[1]}/position`] : as === "chair" ? ["/admin", "/new", talks + "versions/new"] : [];
      for (const path of [...pages, ...versions.slice(0, 3), ...at.map((c) => `${talks}clauses/${c}`), `${talks}text?held=ALD`, `${talks}compare?new=rolling&as=beside`, "/", "/account", ...forms]) await looks(p, path);
    }
    assert.deepEqual(foreign, []);

    // Every payload of one line was taken in a reason, a note, a message: there it is, to the letter.
    for (const [as, path] of [["ald", "messages"], ["observer", "proposals"], ["observer", `clauses/${at[1]}`], ["observer", "delegations"]]) {
      await table[as].go(talks + path);
      const shown = await table[as].page.locator("main").evaluate((main) => main.textContent);
      const missing = plain.filter((p) => !shown.includes(p));
      assert.deepEqual(missing, [], `${missing.length} are not shown on ${path}`);
    }
  });

  test("no browser complained of anything", () => {
    console.log(JSON.stringify({ payloads: all.length, answers: ledger.answers, ...tally }));
    assert.deepEqual(ledger.wrong, []);
  });
});
