// One problem of the file: its question, and either the method and channel that are painted, its answers, and the selected token beside
// them, or several methods side by side.

import type { Place } from '../../viz/creditGeometry';
import { CritiquePanel } from '../critique/CritiquePanel';
import { CreditLines } from '../inspector/CreditLines';
import { ChannelTable } from '../inspector/ChannelTable';
import { Icon } from '../app/Icon';
import { usePalette, useRun } from '../app/SessionContext';
import { selectedPlace, tokenText, type Shown } from '../app/useShown';
import { ChannelBar } from '../stage/ChannelBar';
import { useDomain } from '../stage/useDomain';
import { chipText } from '../../viz/chipLayout';
import { AnswerInSteps } from './AnswerInSteps';
import { AnswersCompared } from './AnswersCompared';
import { EveryMethod } from './EveryMethod';
import { JudgeOfAnswers } from './JudgeOfAnswers';
import { MethodChoice } from './MethodChoice';
import { TokenSource } from './TokenSource';
import { useAnswers, useAnswersSession, useHasBatch, useShownAnswers } from './useAnswers';
import { checkerOf, verdictSentence } from './verdictWords';

export function ProblemOfFile() {
  const shown = useShownAnswers();
  const hasBatch = useHasBatch();
  const isComparing = useAnswers((state) => state.view === 'compare');
  return (
    <div className={isComparing ? 'answersWork isWide' : 'answersWork'}>
      <div className="answersMain">
        <ProblemChoice />
        <TokenSource />
        <JudgeOfAnswers />
        {hasBatch ? <Question /> : <p className="muted">These answers are on their way.</p>}
        {!hasBatch ? null : isComparing ? <AnswersCompared /> : shown === undefined ? null : <Answers shown={shown} />}
      </div>
      {isComparing ? null : <section className="answersToken" aria-label="Token">{shown === undefined ? null : <Token shown={shown} />}</section>}
    </div>
  );
}

const VIEWS = [['read', 'Answers'], ['compare', 'Methods side by side']] as const;

function ProblemChoice() {
  const session = useAnswersSession();
  const problem = useAnswers((state) => state.problem);
  const problems = useAnswers((state) => state.summary!.problems);
  const view = useAnswers((state) => state.view);
  return (
    <div className="problemChoice">
      <button type="button" className="iconButton" aria-label="Problem before" disabled={problem === 0} onClick={() => session.showProblem(problem - 1)}><Icon name="left" /></button>
      <label>Problem <input type="number" min={1} max={problems.length} value={problem + 1} onChange={({ target }) => session.showProblem(target.valueAsNumber - 1)} /> of {problems.length}</label>
      <button type="button" className="iconButton" aria-label="Problem after" disabled={problem === problems.length - 1} onClick={() => session.showProblem(problem + 1)}><Icon name="right" /></button>
      <button type="button" title="The next problem with both right and wrong answers" onClick={session.showNextMixed}>Next with right and wrong</button>
      <span className="muted">{problems[problem]!.rewarded} of {problems[problem]!.answers} answers rewarded</span>
      <div className="segments" role="group" aria-label="What to see">
        {VIEWS.map(([id, label]) => <button key={id} type="button" aria-pressed={id === view} onClick={() => session.show(id)}>{label}</button>)}
      </div>
    </div>
  );
}

function Question() {
  const batch = useAnswers((state) => state.batch!);
  const problem = useAnswers((state) => state.problem - state.summary!.batches[state.batch!.batch]![0]);
  const { prompt, reference } = batch.answers.problems[problem]!;
  return (
    <>
      <p className="fileQuestion">{prompt}</p>
      {reference === undefined ? null : <details className="reference"><summary>Right answer: {batch.answers.sample.problems_P[problem]!.answer}</summary><p>{reference}</p></details>}
    </>
  );
}

function Answers({ shown }: { readonly shown: Shown }) {
  const palette = usePalette();
  const { domain, stats } = useDomain(shown);
  const batch = useAnswers((state) => state.batch!);
  return (
    <>
      <MethodChoice />
      <ChannelBar shown={shown} domain={domain} palette={palette} stats={stats} />
      <div className="answersList">
        {shown.group.map((answer, row) => <AnswerInSteps key={`${batch.batch}-${answer}`} shown={shown} answers={batch.answers} answer={answer} row={row} domain={domain} palette={palette} />)}
      </div>
      {batch.answers.critique.judge === undefined ? null : <CritiquePanel shown={shown} checker={checkerOf(batch.answers)} />}
    </>
  );
}

function Token({ shown }: { readonly shown: Shown }) {
  const selection = useRun((state) => state.selection);
  const answers = useAnswers((state) => state.batch!.answers);
  const place: Place | undefined = selectedPlace(shown, selection);
  if (place === undefined) return <p className="muted">Click a token to see where its credit comes from.</p>;
  return (
    <>
      <p className="tokenTitle"><span className="tokenBig">{chipText(tokenText(shown, place)).text}</span><span>Answer {selection!.answer + 1}, token {place.token + 1}</span></p>
      <p className="critiqueSentence">{verdictSentence(answers, place)}</p>
      <EveryMethod width={shown.update.sample.width} place={place} />
      <CreditLines shown={shown} place={place} />
      <ChannelTable shown={shown} place={place} />
    </>
  );
}
