// The part of the truth that is known of real answers: some steps are wrong. How often each method gives the first of them the lowest
// credit of its answer, over the problems worked out together and, when asked for, over the whole file.

import type { BrokenStepScore } from '../../lab/answers/brokenStep';
import { formatShare, formatShort } from '../../viz/format';
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
  const share = (score: BrokenStepScore | undefined): number => (score === undefined || score.answers === 0 ? -1 : score.found / score.answers);
  const rows = methods.able.filter(({ name }) => brokenSteps[name] !== undefined).toSorted((a, b) => share(ofFile.get(b.name) ?? brokenSteps[b.name]) - share(ofFile.get(a.name) ?? brokenSteps[a.name]));
  const byChance = (score: BrokenStepScore | undefined): BrokenStepScore | undefined => score && { ...score, found: score.chance };
  return (
    <section className="brokenSteps" aria-labelledby="brokenStepsTitle">
      <div className="compareSectionHead">
        <h3 id="brokenStepsTitle">Lowest credit on the first step known to be wrong</h3>
        <button type="button" disabled={isScoring || scores !== null} onClick={session.startScoring}>Score the whole file</button>
      </div>
      <p className="fieldNote">
        No truth is known of these answers but this: {sourcesOf(answers.judged_N)} {known} of the {notRight} answers to problems {from + 1} to {to} that are not right {known === 1 ? 'has' : 'have'} such a step; the others say nothing here.
        A mistake of thought with sums that hold goes unseen, and a method that reads the same verdicts (marked) can only repeat them.
      </p>
      {/* it scrolls by itself, so the keyboard must be able to reach it */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="fidelityScroll" role="region" aria-label="Against the steps known to be wrong" tabIndex={0}>
        <table className="numbers fidelityTable">
          <thead><tr><th scope="col">Method</th><th scope="col">Problems {from + 1} to {to}</th>{scores === null ? null : <th scope="col">Whole file</th>}</tr></thead>
          <tbody>
            {rows.map(({ name, title, readsVerdicts }) => (
              <tr key={name} data-method={name}>
                <th scope="row">{title}{readsVerdicts ? <small>reads these verdicts</small> : null}</th>
                <ScoreCell score={brokenSteps[name]} />
                {scores === null ? null : <ScoreCell score={ofFile.get(name)} />}
              </tr>
            ))}
            {rows.length === 0 ? null : (
              <tr><th scope="row">The same credit for every token</th><ScoreCell score={byChance(brokenSteps[rows[0]!.name])} />{scores === null ? null : <ScoreCell score={byChance(ofFile.get(rows[0]!.name))} />}</tr>
            )}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function ScoreCell({ score }: { readonly score: BrokenStepScore | undefined }) {
  if (score === undefined || score.answers === 0) return <td>—</td>;
  return <td>{formatShare(Number((score.found / score.answers).toFixed(3)))}<small>{formatShort(Number(score.found.toFixed(2)))} of {score.answers}</small></td>;
}

function sourcesOf(judged_N: readonly ('file' | 'arithmetic')[]): string {
  const labelled = judged_N.filter((one) => one === 'file').length;
  if (labelled === 0) return 'sums inside the steps were checked.';
  return labelled === judged_N.length ? 'the file labels steps.' : `the file labels the steps of ${labelled} answers, and sums inside the others were checked.`;
}
