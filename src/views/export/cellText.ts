// A number or a text of a panel's table, as people read it.

import type { Cell } from '../../viz/csv';
import { formatNumber } from '../../viz/format';

export function cellText(cell: Cell): string {
  if (typeof cell === 'string') return cell.replaceAll('\n', '⏎');
  return Number.isInteger(cell) && Math.abs(cell) < 1e6 ? String(cell).replace('-', '−') : formatNumber(cell);
}
