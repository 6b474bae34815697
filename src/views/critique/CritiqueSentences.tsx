// The critiques of the whole batch in a few sentences with their numbers.

import type { JudgeRecord } from '../../lab/record';
import type { CritiqueSummary } from '../../viz/critiqueSummary';
import { formatShare, formatShort } from '../../viz/format';

/** Where it is, and what ran it where that was this machine. */
function placeOf({ model, where, runsOn }: JudgeRecord): string {
  if (runsOn === undefined) return ` at ${where}`;
  return `${model === where ? '' : ` from ${where}`}, run by ${runsOn},`;
}

export function CritiqueSentences({ summary, judge, checker }: { readonly summary: CritiqueSummary; readonly judge: JudgeRecord | undefined; readonly checker: string }) {
  const { critiques, missing, outOfRange, agreement, flags } = summary;
  const lost = missing.reduce((sum, { count }) => sum + count, 0);
  return (
    <div className="critiqueSentences">
      <p>
        {judge === undefined ? 'The exact checker, with its dials,' : <><strong>{judge.model}</strong>{placeOf(judge)}</>} read the answers of this batch {critiques} times.{' '}
        {lost === 0 ? 'Every critique could be read.' : `${lost} critiques (${formatShare(lost / critiques)}) are missing: ${missing.map(({ why, count }) => `${count} ${why}`).join(', ')}. They do not vote.`}
        {outOfRange === 0 ? '' : ` ${outOfRange} flags named a step that is not there; they were dropped.`}
      </p>
      {agreement === undefined ? null : (
        <p>
          Two critiques of a step agree {formatShare(agreement.observed)} of the time over {agreement.items} steps.{' '}
          {agreement.kappa === null ? 'All votes are the same, so there is no chance agreement to compare with.' : `Fleiss’ κ, agreement beyond chance: ${formatShort(agreement.kappa)} (1 always, 0 as by chance).`}
        </p>
      )}
      {flags === undefined ? null : (
        <p>
          Against {checker}, counting single votes: {flags.right} of {flags.right + flags.wrong} flags are right
          {flags.right + flags.wrong === 0 ? '' : ` (precision ${formatShare(flags.right / (flags.right + flags.wrong))})`}; of {flags.right + flags.missed} looks at a wrong step {flags.right} flagged it
          {flags.right + flags.missed === 0 ? '' : ` (recall ${formatShare(flags.right / (flags.right + flags.missed))})`}.
        </p>
      )}
      {judge === undefined ? null : (
        <details className="askedDetails">
          <summary>What the judge was asked</summary>
          <pre className="example">{judge.system}</pre>
          <pre className="example">{judge.user}</pre>
        </details>
      )}
    </div>
  );
}
