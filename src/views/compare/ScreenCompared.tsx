// The answers that are on the stage, under the run's own method and others, one selection with the stage. What every token deserved is not
// known here: methods are measured against the run's own, so it stands first, and against the first wrong step, which the checker knows.

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { RunRecord, UpdateRecord } from '../../lab/record';
import { createCompareStore, MOST_BESIDE } from '../../state/compareStore';
import { settleBeside } from '../../state/link/sessionLink';
import { shownRun } from '../../state/runStore';
import { recordOfShown } from '../../state/saveAnswers';
import { createScreenCredit, type ScreenCreditState } from '../../state/screenCredit';
import { brokenStep } from '../../viz/brokenStep';
import { chipText } from '../../viz/chipLayout';
import { geometryOf } from '../../viz/creditGeometry';
import { creditOfPart } from '../../viz/creditOfPart';
import { formatNumber } from '../../viz/format';
import { answersOf } from '../../viz/phaseSentence';
import { AsTable } from '../app/AsTable';
import { SessionContext, useRun, useSession } from '../app/SessionContext';
import { ProblemPicker } from '../stage/ProblemPicker';
import { AnswerPicker } from './AnswerPicker';
import { ChosenMethods } from './ChosenMethods';
import { CreditMatrix } from './CreditMatrix';
import { FirstWrongHeadline, FirstWrongOfAnswer, FirstWrongPanel, type ScoredMethod } from './FirstWrongSteps';
import { ScaleBar } from './ScaleBar';
import { useCompare } from './useCompare';
import { useCompared, type Compared } from './useCompared';

const FIRST = ['grpo', 'capo', 'tempo'];
/** no method's name */
const OWN = 'run';

export function ScreenCompared() {
  const session = useSession();
  const run = useRun(shownRun);
  const record = useRun(recordOfShown);
  // a place of its own: the other comparison keeps its own too
  const own = useMemo(() => ({ ...session, compare: createCompareStore() }), [session]);
  // but for the methods, which the address keeps
  const beside = useCompare((state) => state.beside);
  const choose = (chosen: readonly string[]): void => session.compare.setState({ beside: chosen });
  const settle = useCallback((known: readonly string[]) => settleBeside(session, known), [session]);
  if (run === null || record === undefined) return <p className="emptyStage">This update is not finished. Its answers can be compared when it is.</p>;
  return <SessionContext value={own}><OfUpdate run={run} record={record} beside={beside} onChoose={choose} onKnown={settle} /></SessionContext>;
}

interface OfUpdateProps {
  readonly run: Pick<RunRecord, 'header' | 'names'>;
  readonly record: UpdateRecord;
  /** null: those that it opens with */
  readonly beside: readonly string[] | null;
  onChoose(chosen: readonly string[]): void;
  /** names of all methods that there are */
  onKnown(names: readonly string[]): void;
}

function OfUpdate({ run, record, beside, onChoose, onKnown }: OfUpdateProps) {
  const session = useSession();
  const { header, names } = run;
  const [credit] = useState(() => createScreenCredit());
  const chosen = useMemo(() => beside ?? FIRST.filter((name) => name !== record.credit.method), [beside, record.credit.method]);
  const problem = Math.min(useRun((state) => state.problem), record.sample.problems_P.length - 1);
  useEffect(() => { void credit.open({ header, names }, record); }, [credit, header, names, record]);
  useEffect(() => credit.want(problem, chosen), [credit, problem, chosen]);
  useEffect(() => credit.end, [credit]);
  const state = useStore(credit.store);
  const batch = state.batch?.record === record ? state.batch : undefined;
  const scored = useMemo(() => scoredMethods(state, record, chosen, names.methodTitle), [state, record, chosen, names]);
  const shown = useMemo(() => (batch === undefined ? null : { comparison: comparisonOf(batch, state.credits, scored), names: { ...names, alphabet: batch.answers.alphabet } }), [batch, state.credits, scored, names]);
  const compared = useCompared(shown, problem - (batch?.from ?? 0));
  useOneSelection(compared);
  const { able, refused } = batch?.methods ?? { able: [], refused: [] };
  const lacking = refused.filter(({ name }) => chosen.includes(name));
  useEffect(() => {
    if (batch !== undefined) onKnown([...batch.methods.able, ...batch.methods.refused].map(({ name }) => name));
  }, [batch, beside, onKnown]);
  return (
    <>
      <p className="fieldNote">The answers of update {record.line.update}, the same as on the stage, with the same answer and token selected. Each method is measured against the run’s own.</p>
      <FirstWrongHeadline record={record} methods={scored} />
      <div className="compareFields">
        <ChosenMethods legend={`Beside ${names.methodTitle}, up to ${MOST_BESIDE} of those that need no policy`} chosen={chosen} most={MOST_BESIDE} onChange={onChoose} offered={[...able, ...lacking]}>
          {lacking.map(({ name, reason }) => <p key={name} className="fieldNote">Left out here: {reason}</p>)}
        </ChosenMethods>
      </div>
      <div className="problemBar">
        <ProblemPicker id="compareProblem" problems={record.sample.problems_P} problem={problem} onPick={(next) => session.run.setState({ problem: next })} />
        {compared === undefined ? null : <AnswerPicker compared={compared} />}
      </div>
      {compared === undefined ? <p className="emptyStage">{state.message ?? 'The credit of the other methods is on its way.'}</p> : (
        <>
          <FirstWrongOfAnswer record={record} alphabet={names.alphabet} answer={answersOf(record, problem)[compared.row]!} row={compared.row} />
          <ScaleBar compared={compared} />
          <CreditMatrix compared={compared} />
          <div className="creditNumbers"><Numbers compared={compared} /></div>
        </>
      )}
      <FirstWrongPanel record={record} methods={scored} />
    </>
  );
}

/** Of every token, as each method counts. */
function Numbers({ compared: { comparison, names, answer, row, length, rows } }: { readonly compared: Compared }) {
  const { sample } = comparison;
  const wrong = brokenStep(comparison, answer);
  const isInside = (token: number): boolean => wrong !== undefined && token >= wrong.start && token < wrong.end;
  return (
    <AsTable caption={`Answer ${row + 1}: credit of each token by each method, as each counts`} head={['Token', ...rows.map(({ title }) => title)]}
      rows={() => Array.from({ length }, (_, token) => {
        const index = answer * sample.width + token;
        return [`${token + 1} ${chipText(names.alphabet[sample.tokens_NT[index]!] ?? '').text}${isInside(token) ? ', first wrong step' : ''}`, ...rows.map(({ own_NT }) => formatNumber(own_NT[index]!))];
      })} />
  );
}

/** The run's own first, as its record has it. Others are made of the verdicts themselves; the run's own of what its judge said of the steps. */
function scoredMethods({ batch, own, shares }: ScreenCreditState, record: UpdateRecord, chosen: readonly string[], ownTitle: string): readonly ScoredMethod[] {
  const able = batch?.methods.able ?? [];
  const reads = (name: string): boolean => able.some((one) => one.name === name && one.readsVerdicts);
  return [
    { name: OWN, title: `${ownTitle} (this run)`, share: own?.record === record ? own.share : undefined, note: reads(record.credit.method) ? 'reads verdicts on steps' : undefined },
    ...chosen.flatMap((name) => {
      const method = able.find((one) => one.name === name);
      return method === undefined ? [] : [{ name, title: method.title, share: shares[name], note: method.readsVerdicts ? 'reads these verdicts' : undefined }];
    }),
  ];
}

function comparisonOf({ answers, methods: { refused }, record, from }: NonNullable<ScreenCreditState['batch']>, credits: ScreenCreditState['credits'], scored: readonly ScoredMethod[]) {
  const { sample, score, critique } = answers;
  const places = Array.from(record.sample.problem_N.keys()).filter((n) => record.sample.problem_N[n]! >= from).toSorted((a, b) => record.sample.problem_N[a]! - record.sample.problem_N[b]!);
  const own = creditOfPart(record.credit, geometryOf(record), geometryOf({ sample, critique }), places.slice(0, sample.answers));
  const methods = scored.flatMap(({ name, title, share }) => {
    const credit = name === OWN ? own : credits[name];
    return credit === undefined ? [] : [{ name, title, credit, ...(share !== undefined && { brokenStep: share }) }];
  });
  return { sample, score, critique, refused, methods };
}

/** What is selected on the stage is selected here, and the other way round. */
function useOneSelection(compared: Compared | undefined): void {
  const { run, compare: place } = useSession();
  const selection = useRun((state) => state.selection);
  const answer = useCompare((state) => state.answer);
  const token = useCompare((state) => state.token);
  const latest = useRef(compared);
  useEffect(() => { latest.current = compared; });
  useEffect(() => place.setState({ answer: selection?.answer ?? null, token: selection?.token ?? null }), [place, selection]);
  useEffect(() => {
    if (latest.current === undefined || (answer === null && token === null)) return;
    const { row, token: at } = latest.current;
    const was = run.getState().selection;
    if (was?.answer !== row || was.token !== at) run.setState({ selection: { answer: row, token: at } });
  }, [run, answer, token]);
}
