// The part of the truth that is known of real answers: some steps are wrong. How often each method gives the first of them the lowest
// credit of its answer, over the problems worked out together and, when asked for, over the whole file.

import { BrokenStepTable } from '../compare/BrokenStepTable';
import { useAnswers, useAnswersSession } from './useAnswers';

export function BrokenSteps() {
  const session = useAnswersSession();
  const { answers, methods } = useAnswers((state) => state.batch!);
  const [from, to] = useAnswers((state) => state.summary!.batches[state.batch!.batch]!);
  const brokenSteps = useAnswers((state) => state.brokenSteps);
  const scores = useAnswers((state) => state.scores);
  const isScoring = useAnswers((state) => state.scoring !== null);
  const notRight = answers.score.outcome_N.filter((one) => !(one > 0)).length;
  const known = Object.values(brokenSteps)[0]?.answers ?? 0;
  const ofFile = new Map(scores ?? []);
  return (
    <section className="brokenSteps" aria-labelledby="brokenStepsTitle">
      <div className="compareSectionHead">
        <h3 id="brokenStepsTitle">Lowest credit on the first step known to be wrong</h3>
        <button type="button" disabled={isScoring || scores !== null} onClick={session.startScoring}>Score the whole file</button>
      </div>
      <p className="fieldNote">
        No truth is known of these answers but this: {sourcesOf(answers.judged_N)} {known} of the {notRight} answers to problems {from + 1} to {to} that are not right {known === 1 ? 'has' : 'have'} such a step; the others say nothing here.
        Small: 95 % of the resamples of the problems. A mistake of thought with sums that hold goes unseen, and a method that reads the same verdicts (marked) can only repeat them.
      </p>
      <BrokenStepTable label="Against the steps known to be wrong"
        methods={methods.able.map(({ name, title, readsVerdicts }) => ({ name, title, note: readsVerdicts ? 'reads these verdicts' : undefined }))}
        columns={[{ head: `Problems ${from + 1} to ${to}`, shareOf: (name) => brokenSteps[name] }, ...(scores === null ? [] : [{ head: 'Whole file', shareOf: (name: string) => ofFile.get(name) }])]} />
    </section>
  );
}

function sourcesOf(judged_N: readonly ('file' | 'arithmetic')[]): string {
  const labelled = judged_N.filter((one) => one === 'file').length;
  if (labelled === 0) return 'sums inside the steps were checked.';
  return labelled === judged_N.length ? 'the file labels steps.' : `the file labels the steps of ${labelled} answers, and sums inside the others were checked.`;
}
