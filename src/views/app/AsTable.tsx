// The same numbers as a table, for who would rather read or listen. Folded, and made only when it is opened.

import { useState } from 'react';

interface AsTableProps {
  /** what the table is of, for its name: "Gradient norms by layer" */
  readonly caption: string;
  readonly head: readonly string[];
  /** the first cell of each row is its name */
  rows(): readonly (readonly string[])[];
}

export function AsTable({ caption, head, rows }: AsTableProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details className="asTable" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>View as table<span className="spoken">: {caption}</span></summary>
      {isOpen ? (
        // it scrolls by itself, so the keyboard must be able to reach it
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <div className="asTableScroll" role="region" aria-label={`${caption}, as a table`} tabIndex={0}>
          <table className="numbers">
            <caption className="spoken">{caption}</caption>
            <thead><tr>{head.map((name) => <th key={name} scope="col">{name}</th>)}</tr></thead>
            <tbody>
              {rows().map(([name, ...cells], index) => (
                <tr key={index}><th scope="row">{name}</th>{cells.map((cell, column) => <td key={column}>{cell}</td>)}</tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </details>
  );
}
