// Tables with data-rows: arrow keys walk the rows, space ticks the row's box, Enter opens its first link.

const rowsOf = (table) => [...table.tBodies].flatMap((body) => [...body.rows]);

const stand = (rows, row) => {
  for (const other of rows) other.tabIndex = other === row ? 0 : -1;
  row.focus();
};

const keys = {
  ArrowDown: (rows, at) => stand(rows, rows[Math.min(at + 1, rows.length - 1)]),
  ArrowUp: (rows, at) => stand(rows, rows[Math.max(at - 1, 0)]),
  Home: (rows) => stand(rows, rows[0]),
  End: (rows) => stand(rows, rows[rows.length - 1]),
  " ": (rows, at) => rows[at].querySelector("input[type=checkbox]:not(:disabled)")?.click(),
  Enter: (rows, at) => rows[at].querySelector("a[href]")?.click(),
};

document.addEventListener("keydown", (event) => {
  const row = event.target.closest("table[data-rows] tbody tr");
  if (!row || row !== event.target || !(event.key in keys)) return;
  const rows = rowsOf(row.closest("table"));
  event.preventDefault();
  keys[event.key](rows, rows.indexOf(row));
});

const prepare = () => {
  for (const table of document.querySelectorAll("table[data-rows]")) {
    rowsOf(table).forEach((row, index) => {
      row.tabIndex = index === 0 ? 0 : -1;
    });
  }
};

prepare();
document.addEventListener("htmx:afterSettle", prepare);
