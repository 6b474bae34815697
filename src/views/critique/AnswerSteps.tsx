// One answer as its steps: text, a sign for each critique's vote, and the exact checker's word. A step is a button that
// selects it; signs and words carry everything, colour nothing.

import { tokenText, type Shown } from '../app/useShown';

interface AnswerStepsProps {
  readonly shown: Shown;
  /** in the batch */
  readonly answer: number;
  /** in the group */
  readonly row: number;
  /** -1 for none */
  readonly selected: number;
  onSelect(step: number): void;
}

export function AnswerSteps({ shown, answer, row, selected, onSelect }: AnswerStepsProps) {
  const critique = shown.update.critique!;
  const critiques = critique.critiques_Nk[answer] ?? [];
  const steps = critique.steps_NK[answer] ?? [];
  const isRight = (shown.update.score?.outcome_N[answer] ?? 0) > 0;
  return (
    <div className="answerSteps">
      <p className="answerHead">{row + 1} <span aria-hidden="true">{isRight ? '✓' : '✗'}</span><span className="spoken">{isRight ? 'right answer' : 'wrong answer'}</span></p>
      {steps.length === 0 ? <p className="muted">no steps</p> : null}
      <ol className="stepList" aria-label={`Steps of answer ${row + 1}`}>
        {steps.map(([start, end], step) => {
          const text = stepText(shown, answer, start, end);
          const isCorrect = critique.isKnown_NK?.[answer]?.[step] === false ? undefined : critique.isCorrect_NK[answer]?.[step];
          const votes = critiques.map((flags) => (flags === null ? 'missing' : flags.includes(step) ? 'wrong' : 'fine'));
          return (
            <li key={step}>
              <button type="button" className="stepButton" aria-pressed={step === selected} onClick={() => onSelect(step)}>
                <span className="spoken">step {step + 1}: </span>
                <span className="stepText">{text}</span>
                <span className="spoken">; votes {votes.join(', ')}</span>
                <span className="stepVotes" aria-hidden="true">{votes.map((vote, index) => <span key={index} className={`sign sign-${vote}`}>{SIGNS[vote]}</span>)}</span>
                {isCorrect === undefined ? null : <span className="checkerWord"><span className="spoken">; the checker calls it </span>{isCorrect ? 'right' : 'wrong'}</span>}
              </button>
            </li>
          );
        })}
      </ol>
    </div>
  );
}

const SIGNS = { wrong: '✗', fine: '✓', missing: '?' } as const;

function stepText(shown: Shown, answer: number, start: number, end: number): string {
  const text = Array.from({ length: end - start }, (_, i) => tokenText(shown, { answer, token: start + i })).filter((token) => !/^<.{1,16}>$/u.test(token)).join('').trim();
  return text === '' ? '(end)' : text;
}
