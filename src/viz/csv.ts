// Tables as CSV after RFC 4180: commas, CRLF, quotes doubled. Numbers keep the digits of a float. A text that a spreadsheet would
// run as a formula gets an apostrophe in front; a lone sign such as the token "=" is no formula and stays as it is.

export type Cell = number | string;

export interface PanelTable {
  /** what the rows are, for the table's name */
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

export function writeCsv({ columns, rows }: PanelTable): string {
  return [columns, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(value: Cell): string {
  if (typeof value === 'number') return numberText(value);
  const text = isFormula(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Nothing where there is no number: a word would make the column text. */
export function numberText(value: number): string {
  if (Number.isNaN(value)) return '';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return String(Number(value.toPrecision(7)));
}

/** By the first characters that spreadsheets act on, full-width ones among them. */
function isFormula(text: string): boolean {
  return /^[=+\-@\t\r＝＋－＠]/.test(text) && [...text].length > 1 && !/^[+-]?\d+(?:\.\d+)?$/.test(text);
}
