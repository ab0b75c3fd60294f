// The matrix is walked by keys alone, and its heads stay in sight however far
// one has walked, on a phone too.
import { after, before, describe, test } from "node:test";
import assert from "node:assert/strict";
import { browser, demo, sit } from "./room.mjs";

const talks = "vesna", seat = "KEL";
let server, chromium;

// focused tells where focus stands: the row's head and the column's.
const focused = (page) => page.evaluate(() => {
  const cell = document.activeElement.closest("td, th");
  if (!cell) return null;
  const table = cell.closest("table");
  return { row: cell.parentElement.cells[0].innerText, column: table.rows[0].cells[cell.cellIndex].innerText, tag: cell.tagName };
});

describe("the matrix", () => {
  before(async () => {
    server = await demo();
    chromium = await browser();
  });
  after(async () => {
    await chromium?.close();
    await server?.stop();
  });

  test("is walked by arrow keys", async () => {
    const page = await sit(chromium, server.url, talks, seat);
    await page.goto(`/p/${talks}/matrix`);
    await page.locator(".matrix-scroll").focus();
    await page.keyboard.press("ArrowDown");
    const first = await focused(page);
    assert.equal(first.tag, "TH");
    for (const key of ["ArrowRight", "ArrowRight", "ArrowDown"]) await page.keyboard.press(key);
    const there = await focused(page);
    assert.equal(there.tag, "TD");
    assert.notEqual(there.row, first.row);
    assert.notEqual(there.column, first.column);
    for (const key of ["ArrowUp", "ArrowLeft", "ArrowLeft"]) await page.keyboard.press(key);
    assert.deepEqual(await focused(page), first);
    await page.keyboard.press("j");
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "TR");
  });

  test("keeps its heads in sight", async () => {
    for (const viewport of [{ width: 1360, height: 900 }, { width: 390, height: 844 }]) {
      const page = await sit(chromium, server.url, talks, seat, { viewport });
      await page.goto(`/p/${talks}/matrix`);
      const box = page.locator(".matrix-scroll");
      await box.evaluate((e) => e.scrollTo(e.scrollWidth, e.scrollHeight / 2));
      const [frame, head, row] = await Promise.all([
        box.boundingBox(), page.locator(".matrix thead th").last().boundingBox(),
        page.locator(".matrix tbody tr:nth-child(30) th").boundingBox(),
      ]);
      assert.ok(Math.abs(head.y - frame.y) < 3, `the column's head is ${head.y - frame.y} px away at width ${viewport.width}`);
      assert.ok(Math.abs(row.x - frame.x) < 3, `the row's head is ${row.x - frame.x} px away at width ${viewport.width}`);
    }
  });
});
