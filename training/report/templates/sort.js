// Lets a reader sort tables; without it they stand in their first order.
"use strict";
for (const table of document.querySelectorAll("table")) {
  const body = table.tBodies[0];
  if (!body || body.rows.length < 2) continue;
  const heads = Array.from(table.tHead.rows[0].cells);
  heads.forEach((head, place) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const falls = head.getAttribute("aria-sort") === "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", falls ? "descending" : "ascending");
      const rows = Array.from(body.rows, (row) => [keyOf(row.cells[place]), row]);
      rows.sort(([first], [second]) => (falls ? -1 : 1) * compare(first, second));
      body.append(...rows.map(([, row]) => row));
    });
  });
}
function keyOf(cell) {
  if (!cell) return "";
  const shown = cell.dataset.value ?? cell.textContent.trim();
  const value = Number(shown.replace(/[,%\s]/g, "")|| NaN);
  return Number.isNaN(value) ? shown : value;
}
function compare(first, second) {
  if (typeof first === "number" && typeof second === "number") return first - second;
  if (typeof first === "number") return 1;
  if (typeof second === "number") return -1;
  return first.localeCompare(second);
}
