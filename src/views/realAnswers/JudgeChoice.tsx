// Whose critiques are read, where judges have read these answers: in the file, or asked here. Each judge's are kept by its name; a judge
// that reads an answer again says it anew, which is told before it is asked.

import type { JudgesOfFile } from '../../workers/answersMessages';
import { useConfiguration } from '../app/SessionContext';
import { useJudge } from '../critique/useJudge';
import { useAnswers, useAnswersSession } from './useAnswers';

const NOBODY = 'nobody';

export function JudgeChoice() {
  const session = useAnswersSession();
  const judges = useAnswers((state) => state.batch?.judges);
  const isBusy = useAnswers((state) => state.scoring !== null || state.exporting !== null);
  const isJudging = useJudge((state) => state.progress !== null);
  if (judges === undefined || judges.all.length === 0) return null;
  const names = namesOf(judges);
  return (
    <p className="judgeChoice">
      <label>Critiques by <select value={judges.read ?? NOBODY} disabled={isBusy || isJudging} onChange={({ target: { value } }) => session.readJudge(value === NOBODY ? null : Number(value))}>
        {judges.all.map(({ problems }, i) => <option key={i} value={i}>{names[i]}: {problems} problem{problems === 1 ? '' : 's'}</option>)}
        <option value={NOBODY}>nobody: labels and checked sums</option>
      </select></label>
    </p>
  );
}

/** Before a judge is asked again: what becomes of what it said. Problems [from, to) are those that it may be asked about. */
export function JudgedBefore({ from, to }: { readonly from: number; readonly to: number }) {
  const critic = useConfiguration((state) => state.configuration?.critic);
  const endpoint = useJudge((state) => state.fields?.model.trim());
  const all = useAnswers((state) => state.batch?.judges.all) ?? [];
  const model = critic?.judge === 'model' ? critic.model ?? 'built-in' : endpoint;
  const before = [...new Set(all.filter((judge) => judge.model === model).flatMap(({ here }) => here))].toSorted((a, b) => a - b);
  if (before.length === 0) return null;
  const which = to - from === 1 ? 'this problem' : before.length === to - from ? 'these problems' : `problem${before.length === 1 ? '' : 's'} ${before.map((place) => place + 1).join(', ')}`;
  return <p className="fieldNote">{model} has judged {which} before. Asked in the same words, its new critiques take the place of those; asked in others, both are kept. What other judges said stays. “Export with credit” keeps all.</p>;
}

/** The same model asked in other words is another judge. */
function namesOf({ all }: JudgesOfFile): string[] {
  const plain = all.map(({ model, where }) => (where === model ? model : `${model} at ${where}`));
  return plain.map((name, i) => {
    const before = plain.slice(0, i).filter((one) => one === name).length;
    return before === 0 ? name : `${name}, asked in other words${before === 1 ? '' : ` (${before})`}`;
  });
}
