// A panel's numbers as a table, as they were when it was asked for. Of very many rows the first; the file has them all.

import type { PanelTable } from '../../viz/csv';
import { Dialog } from '../app/Dialog';
import { cellText } from './cellText';

const ROWS_SHOWN = 400;

export function TableDialog({ table, onClose }: { readonly table: PanelTable | null; onClose(): void }) {
  return (
    <Dialog title={table?.caption ?? 'Table'} isOpen={table !== null} isWide onClose={onClose}>
      {table === null ? null : (
        <>
          {table.rows.length > ROWS_SHOWN ? <p className="fieldNote">The first {ROWS_SHOWN} of {table.rows.length} rows; the CSV file has them all.</p> : null}
          {/* it scrolls by itself, so the keyboard must be able to reach it */}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <div className="tableScroll" role="region" aria-label={table.caption} tabIndex={0}>
            <table className="numbers">
              <thead><tr>{table.columns.map((name) => <th key={name} scope="col">{name}</th>)}</tr></thead>
              <tbody>
                {table.rows.slice(0, ROWS_SHOWN).map((row, i) => (
                  <tr key={i}>{row.map((cell, column) => (column === 0 ? <th key={column} scope="row">{cellText(cell)}</th> : <td key={column}>{cellText(cell)}</td>))}</tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </Dialog>
  );
}
