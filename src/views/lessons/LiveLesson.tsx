// While a run with the lesson's recipe trains on the page.

import type { OpenLesson } from '../../state/lessonStore';
import { useSession } from '../app/SessionContext';

export function LiveLesson({ opened }: { readonly opened: OpenLesson }) {
  const { lessons } = useSession();
  return (
    <>
      <p className="lessonText" aria-live="polite">The lesson’s run trains here, with the recipe of its recording. {opened.lesson.live.watch}</p>
      <div className="lessonWay"><button type="button" className="primary" onClick={() => lessons.leave()}>Finish</button></div>
    </>
  );
}
