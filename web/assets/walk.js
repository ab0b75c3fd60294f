// Walking a table by arrow keys: from cell to cell, once focus stands in it. A
// table says that it is walked by data-walk; without script its links are
// reached by Tab.
export function walk() {
  document.addEventListener("keydown", (event) => {
    const step = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[event.key];
    if (!step || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (event.target.closest("input, textarea, select")) return;
    const table = event.target.closest("[data-walk]") ?? event.target.querySelector(":scope > [data-walk]");
    if (!table) return;
    const next = neighbour(table, event.target.closest("td, th"), event.target.closest("tr"), step);
    if (!next) return;
    event.preventDefault();
    if (!next.hasAttribute("tabindex")) next.setAttribute("tabindex", "-1");
    next.focus();
  });
}

// neighbour gives the cell one step away; from a row its first cell, and from
// outside the cells the first of the table's body.
function neighbour(table, cell, row, [down, right]) {
  if (!cell) return (row ?? table.tBodies[0]?.rows[0])?.cells[0];
  const rtl = getComputedStyle(table).direction === "rtl";
  const to = table.rows[cell.parentElement.rowIndex + down];
  return to?.cells[cell.cellIndex + (rtl ? -right : right)];
}
