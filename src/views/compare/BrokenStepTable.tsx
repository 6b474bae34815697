// How often each method's lowest credit is on the first wrong step, best first, with what chance would find as the floor.

import type { BrokenStepShare } from '../../lab/answers/brokenStep';
import { sortedByShare } from '../../viz/brokenStep';
import { formatPercent, formatShare, formatShort } from '../../viz/format';

export interface BrokenStepColumn {
  readonly head: string;
  /** of a method, by its name; undefined while it is on its way */
  shareOf(name: string): BrokenStepShare | undefined;
}

interface BrokenStepTableProps {
  readonly label: string;
  /** sorted by the last one that says something of a method */
  readonly columns: readonly BrokenStepColumn[];
  readonly methods: readonly { readonly name: string; readonly title: string; readonly note?: string | undefined }[];
}

export function BrokenStepTable({ label, columns, methods }: BrokenStepTableProps) {
  const rows = sortedByShare(methods.flatMap((method) => {
    const share = columns.map(({ shareOf }) => shareOf(method.name)).findLast((one) => one !== undefined);
    return share === undefined ? [] : [{ ...method, share }];
  }));
  const [first] = rows;
  return (
    // it scrolls by itself, so the keyboard must be able to reach it
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="fidelityScroll" role="region" aria-label={label} tabIndex={0}>
      <table className="numbers fidelityTable">
        <thead><tr><th scope="col">Method</th>{columns.map(({ head }) => <th key={head} scope="col">{head}</th>)}</tr></thead>
        <tbody>
          {rows.map(({ name, title, note }) => (
            <tr key={name} data-method={name}>
              <th scope="row">{title}{note === undefined ? null : <small>{note}</small>}</th>
              {columns.map(({ head, shareOf }) => <ShareCell key={head} share={shareOf(name)} />)}
            </tr>
          ))}
          {first === undefined ? null : <tr data-method=""><th scope="row">The same credit for every token</th>{columns.map(({ head, shareOf }) => <ShareCell key={head} share={byChance(shareOf(first.name))} />)}</tr>}
        </tbody>
      </table>
    </div>
  );
}

const byChance = (share: BrokenStepShare | undefined): BrokenStepShare | undefined => share && { ...share, found: share.chance, interval: null };

function ShareCell({ share }: { readonly share: BrokenStepShare | undefined }) {
  if (share === undefined || share.answers === 0) return <td>—</td>;
  const { found, answers, interval } = share;
  return <td>{formatShare(Number((found / answers).toFixed(3)))}<small>{interval === null ? '' : `${Math.round(interval.low * 100)} to ${formatPercent(interval.high)}; `}{formatShort(Number(found.toFixed(2)))} of {answers}</small></td>;
}
