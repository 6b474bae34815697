// The compare view: one batch of answers, several methods, and what each token really deserved; or the answers on the stage, where that
// is not known.

import { useEffect, useState } from 'react';
import type { Comparison } from '../../lab/fidelity/compare';
import { shownComparison, type CompareSource } from '../../state/compareStore';
import { showRecordedComparison } from '../../state/recordedRun';
import { breakerSentence } from '../../viz/fidelityMeasures';
import { formatCount, formatShort } from '../../viz/format';
import { useSession } from '../app/SessionContext';
import { ProblemPicker } from '../stage/ProblemPicker';
import { AnswerPicker } from './AnswerPicker';
import { AnswerTree } from './AnswerTree';
import { CompareForm, CompareProgress } from './CompareForm';
import { CreditMatrix } from './CreditMatrix';
import { FidelityPanel } from './FidelityPanel';
import { ScaleBar } from './ScaleBar';
import { ScreenCompared } from './ScreenCompared';
import { useCompare } from './useCompare';
import { useCompared, type Compared } from './useCompared';

const RECORDED = './runs/comparison.json';

const SOURCES: Readonly<Record<CompareSource, string>> = { truth: 'Answers whose truth is known', screen: 'The answers on screen' };

export function CompareView() {
  const session = useSession();
  const source = useCompare((state) => state.source);
  return (
    <>
      <div className="segments compareSources" role="group" aria-label="Answers to compare on">
        {Object.entries(SOURCES).map(([id, label]) => <button key={id} type="button" aria-pressed={id === source} onClick={() => session.compare.setState({ source: id as CompareSource })}>{label}</button>)}
      </div>
      {source === 'screen' ? <ScreenCompared /> : <TruthCompared />}
    </>
  );
}

function TruthCompared() {
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
          <Headline compared={compared} />
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

/** Agreement with the truth, in one sentence. */
function Headline({ compared: { comparison: { table, sample } } }: { readonly compared: Compared<Comparison> }) {
  const sentence = breakerSentence(table);
  return sentence === undefined ? null : <p className="compareHeadline">{sentence} <span className="muted">Of all wrong answers among these {formatCount(sample.answers)} whose breaking token is known.</span></p>;
}

/** Where it comes from and what it cost: folded, because the answers come first. */
function Provenance({ compared: { comparison: { sample, score, truth }, names } }: { readonly compared: Compared<Comparison> }) {
  const update = useCompare((state) => shownComparison(state)?.update ?? 0);
  const recorded = useCompare((state) => (state.shown === null ? state.recorded : null));
  const right = score.outcome_N.reduce((sum, one) => sum + one, 0);
  const { cost, kind, largestError } = truth;
  return (
    <details className="provenance">
      <summary>{recorded === null ? `Compared here after update ${update}` : 'A recorded comparison'}: {names.taskTitle}, {formatCount(sample.answers)} answers to {sample.problems_P.length} problems, {formatCount(right)} of them right</summary>
      <p>
        {recorded === null ? '' : <>Recorded by <code>{recorded.command}</code> on {recorded.adapter}. </>}
        {kind === 'enumeration'
          ? `The truth is exact: every value is known to within ${formatShort(largestError)}.`
          : `The truth is sampled: the largest standard error of a value is ${formatShort(largestError)}.`}
        {' '}It took {formatCount(cost.rollouts)} rollouts and {formatCount(cost.forwards)} scoring forwards, {formatShort(cost.seconds)} s.
      </p>
    </details>
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
