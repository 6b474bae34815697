// How well the shipped judge finds wrong steps, as measured against the exact checker: a line a task, because the panel is narrow.

import type { JudgeAccuracy } from '../../formats/judgeAccuracy';
import { formatShare, formatShort } from '../../viz/format';

export function JudgeAccuracyList({ accuracy: { parameters, temperature, votes, tasks } }: { readonly accuracy: JudgeAccuracy }) {
  return (
    <details className="judgeAccuracy">
      <summary>How good it is</summary>
      <p className="fieldNote">{parameters.toLocaleString('en')} parameters. Against the exact checker, on answers that it was not taught on, each critique by itself at temperature {formatShort(temperature)}; then by one critique of the likeliest tokens (greedy), and by the majority of {votes}:</p>
      <ul aria-label="Accuracy by task">
        {tasks.map(({ task, answers, precision, recall, f1, greedyF1, votedF1, missing }) => (
          <li key={task}>
            <strong>{task}</strong>: F1 {formatShort(f1)}, precision {formatShare(precision)}, recall {formatShare(recall)}
            {missing === 0 ? '' : `, ${formatShare(missing / answers)} missing`}; F1 greedy {formatShort(greedyF1)}, of the majority {formatShort(votedF1)}
          </li>
        ))}
      </ul>
    </details>
  );
}
