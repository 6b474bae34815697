// A prediction before the reveal. A token is picked on the stage and then confirmed here, so that walking along the tokens with the
// keyboard, or a slip of the finger, is no guess yet.

import { useEffect, useRef } from 'react';
import type { Prediction } from '../../lessons/lesson';
import { chipText } from '../../viz/chipLayout';
import { textAt } from '../../state/lessonFigures';
import type { LessonScene } from '../../state/lessonScene';
import type { OpenLesson } from '../../state/lessonStore';
import { writeOut } from '../../state/lessonText';
import { useRun, useSession } from '../app/SessionContext';

interface LessonQuestionProps {
  readonly opened: OpenLesson;
  readonly asked: Prediction;
  readonly scene: LessonScene;
}

export function LessonQuestion({ opened, asked, scene }: LessonQuestionProps) {
  const { lessons } = useSession();
  const guess = opened.guesses[opened.step];
  const verdict = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    // a phone's card is low
    if (guess !== undefined) verdict.current?.scrollIntoView({ block: 'nearest' });
  }, [guess]);
  return (
    <div className="lessonQuestion">
      <p className="question">{writeOut(asked.question, scene)}</p>
      {asked.kind === 'token' ? (guess === undefined ? <Candidate scene={scene} /> : null) : (
        <ul className="lessonOptions">
          {asked.options.map(({ text }, option) => (
            <li key={option}>
              <button type="button" disabled={guess !== undefined} aria-pressed={guess?.kind === 'choice' && guess.option === option} onClick={() => lessons.guessOption(option)}>{writeOut(text, scene)}</button>
            </li>
          ))}
        </ul>
      )}
      <p ref={verdict} className="lessonVerdict" role="status">
        {guess === undefined ? '' : `${guess.isRight ? '✓' : '✗'} ${writeOut(guess.isRight ? asked.right : asked.wrong, scene)}`}
      </p>
    </div>
  );
}

function Candidate({ scene }: { readonly scene: LessonScene }) {
  const { lessons } = useSession();
  const selection = useRun((state) => state.selection);
  if (selection === null) return <p className="muted">Pick it on the stage, then say so here.</p>;
  if (selection.answer !== scene.row) return <p className="muted">That is a token of answer {selection.answer + 1}; the question is about answer {scene.row + 1}.</p>;
  const { token } = selection;
  return <button type="button" className="primary" onClick={() => lessons.guessToken()}>I say ‘{chipText(textAt(scene, token, token + 1)).text || 'the end'}’, token {token + 1}</button>;
}
