// The button for lessons, and the list of them.

import { LESSONS } from '../../lessons';
import { Dialog } from '../app/Dialog';
import { useSession } from '../app/SessionContext';
import { useKeyWords } from '../app/useKeyWords';
import { useLessons } from './useLessons';

export function LessonList() {
  const { lessons } = useSession();
  const { hintOf } = useKeyWords();
  const isOpen = useLessons((state) => state.isListOpen);
  const done = useLessons((state) => state.done);
  return (
    <>
      <button type="button" aria-haspopup="dialog" title={hintOf('lessons')} onClick={() => lessons.showList(true)}>Lessons</button>
      <Dialog title="Lessons" isOpen={isOpen} onClose={() => lessons.showList(false)}>
        <p className="muted">Each takes a few minutes and plays on a recorded run. Leave at any moment: the page is then as it was.</p>
        <ol className="lessonList">
          {LESSONS.map(({ id, title, summary }, index) => (
            <li key={id}>
              <button type="button" onClick={() => void lessons.open(id)}>
                <span className="lessonNumber" aria-hidden="true">{index + 1}</span>
                <span><strong>{title}</strong>{done.includes(id) ? <span className="lessonDone"> done</span> : null}<span className="lessonSummary">{summary}</span></span>
              </button>
            </li>
          ))}
        </ol>
      </Dialog>
    </>
  );
}
