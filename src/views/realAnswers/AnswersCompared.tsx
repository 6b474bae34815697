// Several methods on one real answer, token by token on one scale, as in the comparison on a run's own answers, but without a truth:
// methods are measured against the first of them, and against the steps that are known to be wrong.

import { useEffect, useMemo } from 'react';
import { AnswerPicker } from '../compare/AnswerPicker';
import { ChosenMethods } from '../compare/ChosenMethods';
import { CreditMatrix } from '../compare/CreditMatrix';
import { ScaleBar } from '../compare/ScaleBar';
import { useCompared } from '../compare/useCompared';
import { useSession } from '../app/SessionContext';
import { BrokenSteps } from './BrokenSteps';
import { RefusedMethods } from './RefusedMethods';
import { useAnswers, useAnswersSession, useNamesOfAnswers } from './useAnswers';

const MOST = 6;

export function AnswersCompared() {
  const { compare: place } = useSession();
  const session = useAnswersSession();
  const batch = useAnswers((state) => state.batch!);
  const [from] = useAnswers((state) => state.summary!.batches[state.batch!.batch]!);
  const problem = useAnswers((state) => state.problem);
  const chosen = useAnswers((state) => state.compared);
  const credits = useAnswers((state) => state.credits);
  const brokenSteps = useAnswers((state) => state.brokenSteps);
  const names = useNamesOfAnswers(batch);
  const { answers, methods: { able, refused } } = batch;
  const shown = useMemo(() => {
    const { sample, score, critique } = answers;
    const methods = chosen.flatMap((name) => {
      const [method, credit] = [able.find((one) => one.name === name), credits[name]];
      return method === undefined || credit === undefined ? [] : [{ name, title: method.title, credit, ...(brokenSteps[name] !== undefined && { brokenStep: brokenSteps[name] }) }];
    });
    return { comparison: { sample, score, critique, methods, refused }, names };
  }, [answers, able, refused, chosen, credits, brokenSteps, names]);
  const compared = useCompared(shown, problem - from);
  // another problem opens where it has most to tell
  useEffect(() => place.setState({ answer: null, token: null }), [place, problem]);
  const waiting = chosen.filter((name) => credits[name] === undefined && able.some((one) => one.name === name));
  return (
    <>
      <ChosenMethods legend={`Methods, up to ${MOST}; the others are measured against the first`} chosen={chosen} most={MOST} onChange={session.compare} offered={[...able, ...refused.filter(({ name }) => chosen.includes(name))]}>
        {refused.filter(({ name }) => chosen.includes(name)).map(({ name, reason }) => <p key={name} className="fieldNote">Left out here: {reason}</p>)}
      </ChosenMethods>
      <RefusedMethods />
      {waiting.length === 0 ? null : <p className="muted">The credit of {waiting.length === 1 ? 'one method' : `${waiting.length} methods`} is on its way.</p>}
      {compared === undefined ? (waiting.length === 0 ? <p className="muted">Add a method to see its credit.</p> : null) : (
        <>
          <div className="problemBar"><AnswerPicker compared={compared} /><span className="muted">{answers.sources_N[compared.answer] ?? ''}</span></div>
          <ScaleBar compared={compared} />
          <CreditMatrix compared={compared} />
        </>
      )}
      <BrokenSteps />
    </>
  );
}
