// What to compare, live: two to six methods, the size of the batch, how the truth is found; a bar while it goes on, and a way to stop.

import { useEffect, useState } from 'react';
import type { TruthKind } from '../../lab/truth/findTruth';
import { FORM_METHODS, FORM_SIZE, TRUTHS, type CompareForm as Form } from '../../state/compareStore';
import { isBusy } from '../../state/trainingStore';
import type { Catalogue } from '../../workers/protocol';
import { useConfiguration, useSession, useTraining } from '../app/SessionContext';
import { ChosenMethods } from './ChosenMethods';
import { useCompare } from './useCompare';

const [FEWEST, MOST] = FORM_METHODS;
const [SMALLEST, LARGEST] = FORM_SIZE;
const RESAMPLES = 200;
const GRADIENT_ANSWERS = 64;
const TRUTH_WORDS: Readonly<Record<TruthKind, string>> = { auto: 'exact where the tree is small enough', enumeration: 'exact (enumeration)', 'monte-carlo': 'sampled (Monte Carlo)' };
const STAGES = { starting: 'starting', sampling: 'sampling the batch', truth: 'finding the truth', 'true gradient': 'true gradient', methods: 'scoring the methods' } as const;

export function CompareForm() {
  const catalogue = useConfiguration((state) => state.catalogue);
  const hasResult = useCompare((state) => state.shown !== null || state.recorded !== null);
  const backend = useTraining((state) => state.backend);
  if (backend.kind === 'replay') return <p className="fieldNote">Comparing live needs training here: {backend.reason}</p>;
  if (catalogue === null) return null;
  return (
    <details className="compareForm" open={!hasResult}>
      <summary>Compare methods here, on the policy as it is now</summary>
      <Fields catalogue={catalogue} />
    </details>
  );
}

function Fields({ catalogue }: { readonly catalogue: Catalogue }) {
  const session = useSession();
  const form = useCompare((state) => state.form);
  const { problems, answers, truth, hasGradient } = form;
  const methods = form.methods ?? ['grpo', 'capo', 'tempo'].filter((name) => catalogue.methods.some((one) => one.name === name));
  const change = (part: Partial<Form>): void => session.compare.setState({ form: { ...form, ...part } });
  const busy = useTraining((state) => isBusy(state.status));
  const isComparing = useCompare((state) => state.progress !== null);
  const preset = useConfiguration((state) => (state.applied ?? state.configuration)?.preset);
  const unserved = catalogue.presets.find(({ name }) => name === preset)?.unserved ?? [];
  const size = [problems, answers].map(Number);
  const badSize = size.some((one) => !Number.isInteger(one) || one < SMALLEST || one > LARGEST);
  const problem = methods.length < FEWEST ? `Choose at least ${FEWEST} methods.` : badSize ? `Problems and answers are whole numbers from ${SMALLEST} to ${LARGEST}.` : busy ? 'Pause training first.' : undefined;
  const compare = (): void => session.compareMethods({
    methods: methods.map((name) => ({ name, parameters: {} })), truth, problems: size[0]!, answers: size[1]!, gradientAnswers: hasGradient ? GRADIENT_ANSWERS : 0, resamples: RESAMPLES,
  });
  return (
    <form className="compareFields" onSubmit={(event) => { event.preventDefault(); if (problem === undefined && !isComparing) compare(); }}>
      <ChosenMethods legend={`Methods, ${FEWEST} to ${MOST}`} chosen={methods} most={MOST} onChange={(next) => change({ methods: next })}
        offered={catalogue.methods.map(({ name, title }) => ({ name, title, ...(unserved.some((one) => one.name === name) && { note: 'lacks something here' }) }))}>
        {unserved.filter(({ name }) => methods.includes(name)).map(({ name, reason }) => <p key={name} className="fieldNote">Left out in this preset as it stands: {reason}</p>)}
      </ChosenMethods>
      <div className="field"><label htmlFor="compareProblems">Problems</label><input id="compareProblems" type="number" min={SMALLEST} max={LARGEST} value={problems} onChange={(event) => change({ problems: event.target.value })} /></div>
      <div className="field"><label htmlFor="compareAnswers">Answers to each</label><input id="compareAnswers" type="number" min={SMALLEST} max={LARGEST} value={answers} onChange={(event) => change({ answers: event.target.value })} /></div>
      <div className="field">
        <label htmlFor="compareTruth">Truth</label>
        <select id="compareTruth" value={truth} onChange={(event) => change({ truth: event.target.value as TruthKind })}>{TRUTHS.map((kind) => <option key={kind} value={kind}>{TRUTH_WORDS[kind]}</option>)}</select>
      </div>
      <label className="checkField"><input type="checkbox" checked={hasGradient} onChange={(event) => change({ hasGradient: event.target.checked })} /> gradient cosine ({GRADIENT_ANSWERS} more answers a problem)</label>
      <div className="compareStart">
        <button type="submit" className="primary" disabled={problem !== undefined || isComparing}>Compare</button>
        {problem === undefined || isComparing ? <span className="fieldNote">A method that this run cannot serve is left out, with the reason.</span> : <span className="fieldNote">{problem}</span>}
      </div>
    </form>
  );
}

/** Also outside the form, so that it stays in sight when the form is folded. */
export function CompareProgress() {
  const session = useSession();
  const progress = useCompare((state) => state.progress);
  const message = useCompare((state) => state.message);
  const isComparing = progress !== null;
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    if (!isComparing) return undefined;
    const started = performance.now();
    const timer = setInterval(() => setSeconds(Math.floor((performance.now() - started) / 1000)), 1000);
    return () => {
      clearInterval(timer);
      setSeconds(0);
    };
  }, [isComparing]);
  if (progress === null) {
    return message === null ? null : <p className="notice" role="status">{asSentence(message)} <button type="button" className="link" onClick={() => session.compare.setState({ message: null })}>Dismiss</button></p>;
  }
  return (
    <div className="compareProgress">
      <progress aria-label="Comparison" value={progress.done} max={Math.max(1, progress.total)} />
      <span role="status">{STAGES[progress.stage]}</span>
      <span className="muted">{progress.rollouts > 0 ? `${progress.rollouts} rollouts, ` : ''}{seconds} s</span>
      <button type="button" onClick={() => session.cancelCompare()}>Cancel</button>
    </div>
  );
}

function asSentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}
