// The part of the truth that a task's checker knows of the answers on screen: which step of a wrong answer is its first wrong one. Said of
// the answer in the columns, and how often each method finds it over the whole update. No policy is asked.

import type { UpdateRecord } from '../../lab/record';
import { brokenStep, brokenStepSentence, firstWrongStep, type BrokenStepRow } from '../../viz/brokenStep';
import { chipText } from '../../viz/chipLayout';
import { formatCount } from '../../viz/format';
import { BrokenStepTable } from './BrokenStepTable';

export interface ScoredMethod extends Omit<BrokenStepRow, 'share'> {
  readonly share: BrokenStepRow['share'] | undefined;
  readonly note?: string | undefined;
}

interface OfUpdateProps { readonly record: UpdateRecord; readonly methods: readonly ScoredMethod[] }

/** Agreement with the checker, in one sentence. */
export function FirstWrongHeadline({ record: { score, critique }, methods }: OfUpdateProps) {
  const wrong = [...score.outcome_N.keys()].filter((n) => !(score.outcome_N[n]! > 0));
  const known = wrong.filter((n) => brokenStep({ score, critique }, n) !== undefined).length;
  const sentence = brokenStepSentence(methods.flatMap(({ share, ...method }) => (share === undefined ? [] : [{ ...method, share }])));
  if (wrong.length === 0) return <p className="compareHeadline">No answer of this update is wrong, so there is no wrong step to find.</p>;
  if (known > 0 && sentence === undefined) return null;
  const of = known === wrong.length ? `Of all ${formatCount(wrong.length)} wrong answers` : `Of ${formatCount(known)} of the ${formatCount(wrong.length)} wrong answers`;
  return (
    <p className="compareHeadline">
      {known === 0 ? `None of the ${formatCount(wrong.length)} wrong answers of this update has a wrong step.` : sentence}{' '}
      {known === 0 ? null : <span className="muted">{of} of this update{known === wrong.length ? '' : '; the others have no wrong step'}. The task’s checker knows where an answer went wrong; what every token deserved is not known.</span>}
    </p>
  );
}

interface OfAnswerProps { readonly record: UpdateRecord; readonly alphabet: readonly string[]; readonly answer: number; readonly row: number }

/** `answer` in the batch, `row` among those to its problem. */
export function FirstWrongOfAnswer({ record: { sample, score, critique }, alphabet, answer, row }: OfAnswerProps) {
  const wrong = firstWrongStep(critique, answer);
  const isRight = score.outcome_N[answer]! > 0;
  const name = `Answer ${row + 1}`;
  if (wrong === undefined) return <p className="fieldNote">{isRight ? `${name} is right.` : `${name} is wrong, but none of its steps is: where it went wrong is not known.`}</p>;
  const { step, start, end } = wrong;
  const text = Array.from(sample.tokens_NT.subarray(answer * sample.width + start, answer * sample.width + end), (id) => chipText(alphabet[id] ?? `<${id}>`).text).join('');
  const where = end - start === 1 ? `token ${end}` : `tokens ${start + 1} to ${end}`;
  return (
    <p className="fieldNote">
      {isRight ? `${name} is right in spite of a wrong step,` : `The first wrong step of answer ${row + 1} is`} step {step + 1} of {critique.steps_NK[answer]!.length}, {where}: <code>{text}</code>.
      {!isRight && critique.canReachAnswer_NK[answer]?.[step] === true ? ' The right answer could still be reached after it.' : ''}
    </p>
  );
}

export function FirstWrongPanel({ record, methods }: OfUpdateProps) {
  if (!methods.some(({ share }) => share !== undefined && share.answers > 0)) return null;
  return (
    <section className="brokenSteps" aria-labelledby="firstWrongTitle">
      <div className="compareSectionHead"><h3 id="firstWrongTitle">Lowest credit on the first wrong step</h3></div>
      <p className="fieldNote">
        Over the wrong answers of update {record.line.update} with a wrong step; tokens that share the lowest credit count for their parts. Small: 95 % of the resamples of the problems, where two or more have such answers; no width means only that all of them say the same.
        A method that reads the same verdicts (marked) can only repeat them. In a comparison whose truth is known, a breaker is one token, the one whose true credit is lowest; here it is a step, and all its tokens count.
      </p>
      <BrokenStepTable label="Against the first wrong steps" methods={methods} columns={[{ head: `Update ${record.line.update}`, shareOf: (name) => methods.find((one) => one.name === name)?.share }]} />
    </section>
  );
}
