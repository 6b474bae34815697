// The compare view: one batch of answers, several methods, and what each token really deserved.

import { useEffect, useState } from 'react';
import { shownComparison } from '../../state/compareStore';
import { showRecordedComparison } from '../../state/recordedRun';
import type { Scaling } from '../../viz/creditScaling';
import { formatNumber, formatShort } from '../../viz/format';
import { Icon } from '../app/Icon';
import { useSession } from '../app/SessionContext';
import { ProblemPicker } from '../stage/ProblemPicker';
import { AnswerTree } from './AnswerTree';
import { CompareForm, CompareProgress } from './CompareForm';
import { CreditMatrix } from './CreditMatrix';
import { FidelityPanel } from './FidelityPanel';
import { useCompare } from './useCompare';
import { useCompared, type Compared } from './useCompared';

const RECORDED = './runs/comparison.json';

export function CompareView() {
  const session = useSession();
  const compared = useCompared();
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
function Provenance({ compared: { comparison: { sample, score, truth }, names } }: { readonly compared: Compared }) {
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

function PlaceBar({ compared: { comparison: { sample, score }, problem, group, row }, lit }: { readonly compared: Compared; readonly lit: readonly number[] }) {
  const session = useSession();
  return (
    <div className="problemBar">
      <ProblemPicker id="compareProblem" problems={sample.problems_P} problem={problem} onPick={(next) => session.compare.setState({ problem: next, answer: null, token: null })} />
      <div className="answerPicker" role="group" aria-label="Answer">
        {group.map((n, index) => {
          const isRight = score.outcome_N[n]! > 0;
          return (
            <button key={n} type="button" className={lit.includes(index) ? 'isLit' : ''} aria-pressed={index === row} aria-label={`Answer ${index + 1}, ${isRight ? 'right' : 'wrong'}`}
              onClick={() => session.compare.setState({ answer: index, token: null })}>{index + 1} <span aria-hidden="true">{isRight ? '✓' : '✗'}</span></button>
          );
        })}
      </div>
    </div>
  );
}

const SCALINGS: Readonly<Record<Scaling, { readonly label: string; readonly sentence: string }>> = {
  largest: { label: 'same largest', sentence: 'Each method is multiplied so that its largest credit of the batch is as large as the truth’s.' },
  best: { label: 'best scale', sentence: 'Each method is multiplied by the one number that brings it nearest to the truth over the whole batch, because training only minds its direction.' },
  raw: { label: 'as it is', sentence: 'Each method as it is, in its own units.' },
};

function ScaleBar({ compared: { domain, comparison: { sample }, answer } }: { readonly compared: Compared }) {
  const session = useSession();
  const scaling = useCompare((state) => state.scaling);
  const isLocked = useCompare((state) => state.lockedLimit !== null);
  const hasBranches = (sample.branches_NK?.[answer]?.length ?? 0) > 0;
  return (
    <div className="scaleBar">
      <div className="segments" role="group" aria-label="Scale of the methods">
        {Object.entries(SCALINGS).map(([id, { label }]) => (
          <button key={id} type="button" aria-pressed={id === scaling} onClick={() => session.compare.setState({ scaling: id as Scaling, lockedLimit: null })}>{label}</button>
        ))}
      </div>
      <p className="fieldNote">{SCALINGS[scaling].sentence} A full bar is {formatNumber(domain.limit)}{isLocked ? '' : ', the largest of this problem'}; up is credit, down is blame. A wavy line marks the steps that are wrong{hasBranches ? ', a corner the tokens at which the problem branches' : ''}.</p>
      <button type="button" aria-pressed={isLocked} title="Keep this scale while moving through problems" onClick={() => session.compare.setState({ lockedLimit: isLocked ? null : domain.limit })}>
        <Icon name={isLocked ? 'lock' : 'unlock'} />{isLocked ? 'Locked' : 'Lock'}
      </button>
    </div>
  );
}
