// The answers that are on the stage, under the run's own method and others, one selection with the stage. There is no truth here: methods
// are measured against the run's own, so it stands first.

import { useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { RunRecord, UpdateRecord } from '../../lab/record';
import { createCompareStore } from '../../state/compareStore';
import { shownRun } from '../../state/runStore';
import { recordOfShown } from '../../state/saveAnswers';
import { createScreenCredit, type ScreenCreditState } from '../../state/screenCredit';
import { chipText } from '../../viz/chipLayout';
import { geometryOf } from '../../viz/creditGeometry';
import { creditOfPart } from '../../viz/creditOfPart';
import { formatNumber } from '../../viz/format';
import { AsTable } from '../app/AsTable';
import { SessionContext, useRun, useSession } from '../app/SessionContext';
import { ProblemPicker } from '../stage/ProblemPicker';
import { AnswerPicker } from './AnswerPicker';
import { ChosenMethods } from './ChosenMethods';
import { CreditMatrix } from './CreditMatrix';
import { ScaleBar } from './ScaleBar';
import { useCompare } from './useCompare';
import { useCompared, type Compared } from './useCompared';

/** beside the run's own */
const MOST = 5;
const FIRST = ['grpo', 'capo', 'tempo'];

export function ScreenCompared() {
  const session = useSession();
  const run = useRun(shownRun);
  const record = useRun(recordOfShown);
  // a place of its own: the other comparison keeps its own too
  const own = useMemo(() => ({ ...session, compare: createCompareStore() }), [session]);
  if (run === null || record === undefined) return <p className="emptyStage">This update is not finished. Its answers can be compared when it is.</p>;
  return <SessionContext value={own}><OfUpdate run={run} record={record} /></SessionContext>;
}

interface OfUpdateProps { readonly run: Pick<RunRecord, 'header' | 'names'>; readonly record: UpdateRecord }

function OfUpdate({ run, record }: OfUpdateProps) {
  const session = useSession();
  const { header, names } = run;
  const [credit] = useState(() => createScreenCredit());
  const [chosen, setChosen] = useState<readonly string[]>(() => FIRST.filter((name) => name !== record.credit.method));
  const problem = Math.min(useRun((state) => state.problem), record.sample.problems_P.length - 1);
  useEffect(() => { void credit.open({ header, names }, record); }, [credit, header, names, record]);
  useEffect(() => credit.want(problem, chosen), [credit, problem, chosen]);
  useEffect(() => credit.end, [credit]);
  const state = useStore(credit.store);
  const batch = state.batch?.record === record ? state.batch : undefined;
  const shown = useMemo(() => (batch === undefined ? null : { comparison: comparisonOf(batch, state.credits, chosen, names.methodTitle), names: { ...names, alphabet: batch.answers.alphabet } }), [batch, state.credits, chosen, names]);
  const compared = useCompared(shown, problem - (batch?.from ?? 0));
  useOneSelection(compared);
  const { able, refused } = batch?.methods ?? { able: [], refused: [] };
  const lacking = refused.filter(({ name }) => chosen.includes(name));
  return (
    <>
      <p className="fieldNote">The answers of update {record.line.update}, the same as on the stage, with the same answer and token selected. What they really deserved is not known here; each method is measured against the run’s own.</p>
      <div className="compareFields">
        <ChosenMethods legend={`Beside ${names.methodTitle}, up to ${MOST} of those that need no policy`} chosen={chosen} most={MOST} onChange={setChosen} offered={[...able, ...lacking]}>
          {lacking.map(({ name, reason }) => <p key={name} className="fieldNote">Left out here: {reason}</p>)}
        </ChosenMethods>
      </div>
      <div className="problemBar">
        <ProblemPicker id="compareProblem" problems={record.sample.problems_P} problem={problem} onPick={(next) => session.run.setState({ problem: next })} />
        {compared === undefined ? null : <AnswerPicker compared={compared} />}
      </div>
      {compared === undefined ? <p className="emptyStage">{state.message ?? 'The credit of the other methods is on its way.'}</p> : (
        <>
          <ScaleBar compared={compared} />
          <CreditMatrix compared={compared} />
          <Numbers compared={compared} />
        </>
      )}
    </>
  );
}

/** Of every token, as each method counts. */
function Numbers({ compared: { comparison: { sample }, names, answer, row, length, rows } }: { readonly compared: Compared }) {
  return (
    <AsTable caption={`Answer ${row + 1}: credit of each token by each method, as each counts`} head={['Token', ...rows.map(({ title }) => title)]}
      rows={() => Array.from({ length }, (_, token) => {
        const index = answer * sample.width + token;
        return [`${token + 1} ${chipText(names.alphabet[sample.tokens_NT[index]!] ?? '').text}`, ...rows.map(({ own_NT }) => formatNumber(own_NT[index]!))];
      })} />
  );
}

function comparisonOf({ answers, methods: { able, refused }, record, from }: NonNullable<ScreenCreditState['batch']>, credits: ScreenCreditState['credits'], chosen: readonly string[], ownTitle: string) {
  const { sample, score, critique } = answers;
  const places = Array.from(record.sample.problem_N.keys()).filter((n) => record.sample.problem_N[n]! >= from).toSorted((a, b) => record.sample.problem_N[a]! - record.sample.problem_N[b]!);
  const own = { name: 'run', title: `${ownTitle} (this run)`, credit: creditOfPart(record.credit, geometryOf(record), geometryOf({ sample, critique }), places.slice(0, sample.answers)) };
  const others = chosen.flatMap((name) => {
    const [method, credit] = [able.find((one) => one.name === name), credits[name]];
    return method === undefined || credit === undefined ? [] : [{ name, title: method.title, credit }];
  });
  return { sample, score, critique, refused, methods: [own, ...others] };
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
