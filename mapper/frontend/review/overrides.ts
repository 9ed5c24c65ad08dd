/** The file of overrides: what stands in it, untouched, and new rows under that. */

import type { Row } from "./answers";
import type { File } from "./desk";

/** Tells a spreadsheet that a cell is text, as `mapper/sources/formulas.py` does. */
export function guarded(cell: string): string {
  return cell.replace(/^('*[=+\-@\t\r])/, "'$1");
}

export function overridesFile(file: File, rows: Row[]): string {
  const quoted = (cell: string) =>
    cell.includes(file.delimiter) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  const lines = rows.map((row) => {
    const cells = row as unknown as Record<string, string>;
    return file.columns.map((name) => quoted(guarded(cells[name] ?? ""))).join(file.delimiter) + file.newline;
  });
  // The mark tells Excel that this is UTF-8.
  return `\ufeff${file.text}${lines.join("")}`;
}
