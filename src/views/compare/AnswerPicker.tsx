// Which of the answers to the problem stands in the columns.

import { useSession } from '../app/SessionContext';
import type { Compared } from './useCompared';

interface AnswerPickerProps {
  readonly compared: Compared;
  /** answers under what is pointed at elsewhere, by their place in the group */
  readonly lit?: readonly number[];
}

export function AnswerPicker({ compared: { comparison: { score }, group, row }, lit = [] }: AnswerPickerProps) {
  const session = useSession();
  return (
    <div className="answerPicker" role="group" aria-label="Answer">
      {group.map((n, index) => {
        const { sign, word } = verdictOf(score.outcome_N[n]!);
        return (
          <button key={n} type="button" className={lit.includes(index) ? 'isLit' : ''} aria-pressed={index === row} aria-label={`Answer ${index + 1}, ${word}`}
            onClick={() => session.compare.setState({ answer: index, token: null })}>{index + 1} <span aria-hidden="true">{sign}</span></button>
        );
      })}
    </div>
  );
}

function verdictOf(outcome: number): { readonly sign: string; readonly word: string } {
  if (Number.isNaN(outcome)) return { sign: '?', word: 'without a reward' };
  return outcome > 0 ? { sign: '✓', word: 'right' } : { sign: '✗', word: 'wrong' };
}
