// The card of the lesson that is open, in place of the setup; on a phone at the lower edge. Lights the panels that a step is about by
// naming them on the page's root, so that no panel has to know of lessons.

import { useEffect, useRef } from 'react';
import { LESSONS } from '../../lessons';
import type { LitPanel } from '../../lessons/lesson';
import { sceneNow } from '../../state/lessonPlayer';
import type { OpenLesson } from '../../state/lessonStore';
import { useSession } from '../app/SessionContext';
import { hasSheets } from '../app/sheets';
import { LessonCard } from './LessonCard';
import { LiveLesson } from './LiveLesson';
import { useLessons } from './useLessons';

export function LessonRail() {
  const opened = useLessons((state) => state.open);
  return opened === null ? null : <Rail key={opened.lesson.id} opened={opened} />;
}

function Rail({ opened }: { readonly opened: OpenLesson }) {
  const { lessons } = useSession();
  const { lesson, step, material, failure, isCollapsed, isLive } = opened;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // where a reader is when a lesson opens, and where they were when it closes
    const before = document.activeElement;
    const scrolled = [document.documentElement, ...document.querySelectorAll('.stage, .inspector')].map((element) => ({ element, top: element.scrollTop }));
    heading.current?.focus({ preventScroll: true });
    return () => {
      // once the page is drawn as it was
      requestAnimationFrame(() => {
        for (const { element, top } of scrolled) element.scrollTop = top;
      });
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  const lights = isCollapsed || isLive || material === null ? [] : lesson.steps[step]!.lights;
  useLitPanels(lights, step);
  const number = LESSONS.indexOf(lesson) + 1;
  return (
    <section className={isCollapsed ? 'panel lessonRail isCollapsed' : 'panel lessonRail'} aria-labelledby="lessonTitle">
      <header className="lessonHead">
        <p className="lessonPlace">Lesson {number} of {LESSONS.length}</p>
        <h2 id="lessonTitle" ref={heading} tabIndex={-1}>{lesson.title}</h2>
        <button type="button" className="quiet" title="The page is then as it was before the lesson" onClick={() => lessons.leave()}>Leave</button>
      </header>
      {isLive ? <LiveLesson opened={opened} /> : failure !== null ? <p role="alert">{failure}</p> : material === null ? <p className="muted">Fetching the recording.</p>
        : isCollapsed ? <p className="lessonAway"><button type="button" className="primary" onClick={() => lessons.resume()}>Back to step {step + 1}</button></p>
        : sceneNow(opened) === undefined ? <p role="alert">The recording lacks what this step is about.</p> : <LessonCard opened={opened} />}
    </section>
  );
}

/** Names them on the page's root and brings the first into sight. */
function useLitPanels(names: readonly LitPanel[], step: number): void {
  const lit = names.join(' ');
  useEffect(() => {
    const page = document.querySelector<HTMLElement>('.page');
    if (page === null) return undefined;
    page.dataset['taught'] = lit;
    return () => { delete page.dataset['taught']; };
  }, [lit]);
  useEffect(() => {
    document.querySelector('.lessonRail')?.scrollTo({ top: 0 });
    const [first] = lit.split(' ');
    const panel = first === undefined || first === '' ? null : document.querySelector(first === 'matrix' || first === 'fidelity' ? OF_COMPARE[first] : `[data-panel="${first}"]`);
    // a phone's lower half is the card's
    panel?.scrollIntoView({ block: hasSheets() ? 'start' : 'nearest' });
  }, [lit, step]);
}

const OF_COMPARE = { matrix: '.creditMatrix', fidelity: '.fidelityPanel' } as const;
