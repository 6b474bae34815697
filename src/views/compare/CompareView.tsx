// The compare view: one batch of answers, several methods, and what each token really deserved.

import { useEffect, useState } from 'react';
import type { Comparison } from '../../lab/fidelity/compare';
import { shownComparison } from '../../state/compareStore';
import { showRecordedComparison } from '../../state/recordedRun';
import { formatShort } from '../../viz/format';
import { useSession } from '../app/SessionContext';
import { ProblemPicker } from '../stage/ProblemPicker';
import { AnswerPicker } from './AnswerPicker';
import { AnswerTree } from './AnswerTree';
import { CompareForm, CompareProgress } from './CompareForm';
import { CreditMatrix } from './CreditMatrix';
import { FidelityPanel } from './FidelityPanel';
import { ScaleBar } from './ScaleBar';
import { useCompare } from './useCompare';
import { useCompared, type Compared } from './useCompared';

const RECORDED = './runs/comparison.json';

export function CompareView() {
  const session = useSession();
  const compared = useCompared(useCompare(shownComparison));
  const failure = useCompare((state) => state.recordedFailure);
  const isMissing = useCompare((state) => state.shown === null && state.recorded === null && state.recordedFailure === null);
  const [lit, setLit] = useState<readonly number[]>([]);
  useEffect(() => {
    if (isMissing) void showRecordedComparison(session, RECORDED);
  }, [session, isMissing]);
  return (
    <>
      <CompareForm />
      <CompareProgress />
      {compared === undefined ? <p className="emptyStage">{failure ?? 'Loading the recorded comparison.'}</p> : (
        <>
          <Provenance compared={compared} />
          <PlaceBar compared={compared} lit={lit} />
          <ScaleBar compared={compared} />
          <CreditMatrix compared={compared} />
          <AnswerTree compared={compared} onLight={setLit} />
          <FidelityPanel compared={compared} />
        </>
      )}
    </>
  );
}

/** Where it comes from and what it cost. */
function Provenance({ compared: { comparison: { sample, score, truth }, names } }: { readonly compared: Compared<Comparison> }) {
  const update = useCompare((state) => shownComparison(state)?.update ?? 0);
  const recorded = useCompare((state) => (state.shown === null ? state.recorded : null));
  const right = score.outcome_N.reduce((sum, one) => sum + one, 0);
  const { cost, kind, largestError } = truth;
  return (
    <p className="provenance">
      {recorded === null ? `Compared here after update ${update}: ` : <>Recorded by <code>{recorded.command}</code> on {recorded.adapter}: </>}
      {names.taskTitle}, {sample.answers} answers to {sample.problems_P.length} problems, {right} of them right.{' '}
      {kind === 'enumeration'
        ? `The truth is exact: every value is known to within ${formatShort(largestError)}.`
        : `The truth is sampled: the largest standard error of a value is ${formatShort(largestError)}.`}
      {' '}It took {cost.rollouts} rollouts and {cost.forwards} scoring forwards, {formatShort(cost.seconds)} s.
    </p>
  );
}

function PlaceBar({ compared, lit }: { readonly compared: Compared; readonly lit: readonly number[] }) {
  const session = useSession();
  return (
    <div className="problemBar">
      <ProblemPicker id="compareProblem" problems={compared.comparison.sample.problems_P} problem={compared.problem} onPick={(next) => session.compare.setState({ problem: next, answer: null, token: null })} />
      <AnswerPicker compared={compared} lit={lit} />
    </div>
  );
}
