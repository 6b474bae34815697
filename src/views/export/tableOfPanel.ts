// The tables that stand in a panel, for views that do not say what they hold: read from the page itself, folded ones opened first.

import type { Cell, PanelTable } from '../../viz/csv';

const WAIT_MS = 30;
const MOST_WAITS = 50;

/** Throws with a sentence where there is none. */
export async function tableOfPanel(panel: Element, title: string): Promise<PanelTable> {
  for (const folded of panel.querySelectorAll<HTMLDetailsElement>('details.asTable:not([open])')) folded.open = true;
  // what is folded is made when it opens, after the browser has said so
  for (let waits = 0; waits < MOST_WAITS && [...panel.querySelectorAll('details.asTable')].some((opened) => opened.querySelector('table') === null); waits++) {
    await new Promise((resolve) => { setTimeout(resolve, WAIT_MS); });
  }
  const tables = [...panel.querySelectorAll('table')].map(rowsOf).filter((rows) => rows.length > 1);
  const largest = tables.toSorted((a, b) => b.length - a.length)[0];
  if (largest === undefined) throw new Error('There is no table in this panel.');
  const [head, ...rows] = largest;
  const width = Math.max(...largest.map((row) => row.length));
  return { caption: title, columns: Array.from({ length: width }, (_, i) => head![i] || `column ${i + 1}`), rows: rows.map((row) => Array.from({ length: width }, (_, i) => cellOf(row[i] ?? ''))) };
}

function rowsOf(table: HTMLTableElement): string[][] {
  const rows = [...table.rows].map((row) => [...row.cells].map((cell) => cell.innerText.trim()));
  return table.tHead === null ? [[], ...rows] : rows;
}

/** Numbers as the page writes them: a true minus, thin spaces. */
function cellOf(text: string): Cell {
  const plain = text.replaceAll('−', '-').replace(/[\u202f\u00a0]/g, '');
  if (text === '—') return Number.NaN;
  return /^-?\d+(?:\.\d+)?(?:e-?\d+)?$/.test(plain) ? Number(plain) : text;
}
