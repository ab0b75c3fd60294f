// Documents as a delegate takes them out and brings them back: every file is what
// its name says, as programs that nobody here wrote read it; a document that was
// worked on becomes proposals; a copy is known. Pictures of the pages go to e2e/out.
import { after, before, describe, test } from "node:test";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import JSZip from "jszip";
import mammoth from "mammoth";
import { axe, browser, demo, out, sit } from "./room.mjs";

const talks = "vesna", seat = "KEL", at = (path) => `/p/${talks}/${path}`;
let server, chromium, page, folder;

const words = (s) => s.split(/\s+/).filter(Boolean);

// wordsOf gives the words of a document of Word as mammoth reads it, which takes
// tracked changes as accepted.
async function wordsOf(docx) {
  const read = await mammoth.extractRawText({ buffer: docx });
  assert.deepEqual(read.messages.filter((m) => m.type === "error"), []);
  return words(read.value);
}

// sheetOf takes comma-separated values apart (RFC 4180).
function sheetOf(text) {
  const rows = [[]];
  for (const [, quoted, plain, end] of text.replace(/^\ufeff/, "").matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === "") break;
    if (end !== ",") rows.push([]);
  }
  return rows.filter((r) => r.length > 1 || r[0] !== "");
}

// whatItSays tells that a file is what its name says.
const whatItSays = {
  docx: async (b) => assert.ok((await wordsOf(b)).length > 10),
  xlsx: async (b) => assert.match(await (await JSZip.loadAsync(b)).file("xl/workbook.xml").async("string"), /<sheet /),
  csv: (b) => {
    const rows = sheetOf(b.toString());
    assert.ok(rows.length > 1 && rows[0].length > 1, "it has no rows");
    for (const r of rows) assert.equal(r.length, rows[0].length, `a row of other length: ${r}`);
    for (const cell of rows.flat()) assert.doesNotMatch(cell, /^[=+@-]/, "a cell that would be calculated");
  },
  pdf: (b) => {
    assert.equal(b.subarray(0, 5).toString(), "%PDF-");
    writeFileSync(folder + "/a.pdf", b);
    assert.match(execFileSync("pdfinfo", [folder + "/a.pdf"], { encoding: "utf8" }), /Pages: +[1-9]/);
    assert.ok(words(execFileSync("pdftotext", [folder + "/a.pdf", "-"], { encoding: "utf8" })).length > 10);
  },
  html: (b) => assert.match(b.toString(), /^<!doctype html>/i),
  akn: (b) => {
    writeFileSync(folder + "/a.xml", b);
    execFileSync("xmllint", ["--nonet", "--noout", "--schema", "akn/testdata/akomantoso30.xsd", folder + "/a.xml"], { stdio: "pipe" });
  },
  json: (b) => assert.equal(typeof JSON.parse(b.toString()), "object"),
  md: (b) => assert.ok(words(b.toString()).length > 5),
  txt: (b) => assert.ok(words(b.toString()).length > 5),
};

async function take(path) {
  const answer = await page.request.get(path);
  assert.equal(answer.status(), 200, path);
  const name = /filename="?([^";]+)/.exec(answer.headers()["content-disposition"] ?? "")?.[1];
  return { name, body: await answer.body() };
}

// pictures takes a page as it looks in light, in dark, on a phone and on paper.
async function pictures(name) {
  for (const scheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme: scheme });
    assert.deepEqual(await axe(page, scheme === "dark" ? ["color-contrast"] : undefined), [], `${name}, ${scheme}`);
    await page.screenshot({ path: `${out}${name}-${scheme}.png`, fullPage: true });
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 390, height: 844 });
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} scrolls sideways on a phone`);
  await page.screenshot({ path: `${out}${name}-phone.png`, fullPage: true });
  await page.setViewportSize({ width: 1280, height: 900 });
  writeFileSync(folder + "/a.pdf", await page.pdf({ path: `${out}${name}-print.pdf`, preferCSSPageSize: true }));
  return execFileSync("pdftotext", [folder + "/a.pdf", "-"], { encoding: "utf8" });
}

// edited gives a document in which some words were put in the place of others, as
// any word processor would without tracking.
async function edited(docx, old, now) {
  const zip = await JSZip.loadAsync(docx);
  const xml = await zip.file("word/document.xml").async("string");
  assert.ok(xml.includes(old), `there is no ${old} in the document`);
  zip.file("word/document.xml", xml.replace(old, now));
  return zip.generateAsync({ type: "nodebuffer" });
}

const word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

describe("documents", () => {
  before(async () => {
    folder = mkdtempSync(tmpdir() + "/paraph-documents-");
    server = await demo();
    chromium = await browser();
    page = await sit(chromium, server.url, talks, seat, { viewport: { width: 1280, height: 900 } });
  });
  after(async () => {
    await chromium?.close();
    await server?.stop();
    if (folder) rmSync(folder, { recursive: true });
  });

  test("each file is what its name says", async () => {
    await page.goto(at("papers"));
    await pictures("documents");
    const links = await page.locator("table.papers a:not(.small)").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
    assert.ok(links.length > 40, `only ${links.length} files are offered`);
    const printed = new Set(); // a PDF of each kind is enough: each takes a second
    for (const link of links) {
      const form = new URL(link, server.url).searchParams.get("as"), kind = link.split("?")[0];
      if (form === "pdf" && printed.has(kind)) continue;
      if (form === "pdf") printed.add(kind);
      const { name, body } = await take(link);
      assert.ok(name.endsWith("." + form), `${link} is called ${name}`);
      await whatItSays[form](body);
    }
  });

  test("mammoth reads a comparison as the newer text", async () => {
    const offered = await page.locator("select[name=old] option").evaluateAll((all) => all.map((o) => [o.value, o.textContent]));
    const versions = offered.filter(([, name]) => /REV|CT/.test(name)).map(([value]) => value);
    assert.ok(versions.length >= 2);
    const version = async (id) => wordsOf((await take(at(`papers/version?as=docx&version=${id}`))).body);
    for (const [old, now] of [[versions[0], versions.at(-1)], [versions.at(-1), versions[0]]]) {
      const compared = await take(at(`papers/comparison?as=docx&old=${old}&new=${now}`));
      assert.deepEqual(await wordsOf(compared.body), await version(now));
    }
  });

  test("a document that was worked on becomes proposals", async () => {
    const { body } = await take(at("papers/version?as=docx"));
    const changed = await edited(body, "one body of water", "a single body of water");
    await page.goto(at("import"));
    await pictures("import");
    await page.setInputFiles("#document", { name: "ours.docx", mimeType: word, buffer: changed });
    await page.getByRole("button", { name: "See what it proposes" }).click();
    await page.getByRole("heading", { name: "What the document amounts to" }).waitFor();
    assert.match(await pictures("import-preview"), /a\s+single\s+body\s+of\s+water/);
    const edits = page.locator("fieldset.choices", { has: page.locator("[name=take]") });
    assert.equal(await edits.count(), 1, await page.locator("main").innerText());
    assert.match(await edits.locator("ins").innerText(), /a single/);
    await page.getByRole("button", { name: "Put what is ticked on the record" }).click();
    await page.waitForURL(/proposals\?done=proposed/);
    assert.match(await page.locator("main").innerText(), /a single\s*end of insertion\s*body of water/);
  });

  test("a document that nobody changed proposes nothing, and another is refused in words", async () => {
    const { body } = await take(at("papers/version?as=docx&remarks=footnotes"));
    for (const [file, says] of [[body, /0 proposals, 0 questions/], [Buffer.from("no document"), /no \.docx/]]) {
      await page.goto(at("import"));
      await page.setInputFiles("#document", { name: "ours.docx", mimeType: word, buffer: file });
      await page.getByRole("button", { name: "See what it proposes" }).click();
      await page.waitForLoadState();
      assert.match(await page.locator("main").innerText(), says);
    }
  });

  test("a copy is known, as a file and pasted", async () => {
    const { body } = await take(at("papers/version?as=docx"));
    await page.goto(at("which"));
    await pictures("which");
    await page.setInputFiles("#file", { name: "copy.docx", mimeType: word, buffer: body });
    await page.getByRole("button", { name: "Which version is this?" }).click();
    await page.getByRole("heading", { name: /^Exactly / }).waitFor();

    const printed = await take(at("papers/version?as=pdf"));
    writeFileSync(folder + "/a.pdf", printed.body);
    const pasted = execFileSync("pdftotext", [folder + "/a.pdf", "-"], { encoding: "utf8" });
    for (const [copy, says] of [[pasted, /^Exactly /], [pasted.replace(/one body\s+of water/, "two bodies of water"), /^Nearest to /]]) {
      await page.goto(at("which"));
      await page.locator("#copy").fill(copy);
      await page.getByRole("button", { name: "Which version is this?" }).click();
      await page.locator("#preview h2").waitFor();
      assert.match(await page.locator("#preview").innerText(), says);
    }
    assert.match(await pictures("which-answer"), /Nearest to/);
  });
});
