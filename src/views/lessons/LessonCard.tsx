// One step: what it says, what it asks, and the way on.

import { sceneNow } from '../../state/lessonPlayer';
import type { OpenLesson } from '../../state/lessonStore';
import { writeOut } from '../../state/lessonText';
import { useSession } from '../app/SessionContext';
import { LessonQuestion } from './LessonQuestion';
import { SeedChart } from './SeedChart';
import { TryLive } from './TryLive';

export function LessonCard({ opened }: { readonly opened: OpenLesson }) {
  const { lessons } = useSession();
  const { lesson, step, met } = opened;
  const { text, prediction, chart } = lesson.steps[step]!;
  const scene = sceneNow(opened)!;
  const isLast = step === lesson.steps.length - 1;
  const isMet = met.includes(step);
  return (
    <>
      <ol className="lessonDots" aria-label={`Step ${step + 1} of ${lesson.steps.length}`}>
        {lesson.steps.map((_, index) => <li key={index} className={index === step ? 'isNow' : index < step ? 'isPast' : ''} />)}
      </ol>
      <div className="lessonText" aria-live="polite">
        <p>{writeOut(text, scene)}</p>
      </div>
      {chart === undefined ? null : <SeedChart scene={scene} wish={chart} />}
      {prediction === undefined ? null : <LessonQuestion key={step} opened={opened} asked={prediction} scene={scene} />}
      <div className="lessonWay">
        <button type="button" disabled={step === 0} onClick={() => lessons.back()}>Back</button>
        <button type="button" className={isMet ? 'primary' : undefined} onClick={() => lessons.next()}>{isLast ? 'Finish' : isMet ? 'Next' : 'Skip'}</button>
      </div>
      {isLast ? <TryLive opened={opened} /> : null}
    </>
  );
}
