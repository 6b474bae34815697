// How well the shipped judge finds wrong steps, as measured against the exact checker.

import type { JudgeAccuracy } from '../../formats/judgeAccuracy';
import { formatShare, formatShort } from '../../viz/format';

export function JudgeAccuracyTable({ accuracy: { parameters, temperature, tasks } }: { readonly accuracy: JudgeAccuracy }) {
  return (
    <details className="judgeAccuracy">
      <summary>How good it is</summary>
      <p className="fieldNote">{parameters.toLocaleString('en')} parameters. Single critiques at temperature {formatShort(temperature)}, of answers that it was not taught on, against the exact checker.</p>
      <table className="numbers">
        <thead><tr><th scope="col">Task</th><th scope="col">Precision</th><th scope="col">Recall</th><th scope="col">F1</th><th scope="col">Missing</th></tr></thead>
        <tbody>
          {tasks.map(({ task, answers, precision, recall, f1, missing }) => (
            <tr key={task}><th scope="row">{task}</th><td>{formatShare(precision)}</td><td>{formatShare(recall)}</td><td>{formatShort(f1)}</td><td>{formatShare(missing / answers)}</td></tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
