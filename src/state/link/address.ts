// The page's address follows what is on screen, and a link in it is opened: at the start as soon as what it needs is there, and
// whenever a person puts another one in. Nothing is added to the browser's history.

import type { Session } from '../session';
import { readClassroomOf } from './link';
import { linkOf, openLink, settleCompared, writeLinkOf } from './sessionLink';

/** Safari allows a hundred changes of the address in thirty seconds. */
export const WRITE_INTERVAL_MS = 400;

/** What of the window is needed; a test has its own. */
export interface AddressBar {
  hash(): string;
  /** without adding to the history */
  replace(hash: string): void;
  /** returns the way to stop listening */
  onChange(listener: () => void): () => void;
}

export function followAddress(session: Session, bar: AddressBar): () => void {
  /** the link that this page wrote, or would have written when it had just opened: until something changes, what stands there stays */
  let known: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const isGiven = (): boolean => bar.hash().replace(/^#/, '') !== '';

  session.link.setState({ classroom: readClassroomOf(bar.hash()) });
  let isWaiting = true;
  /** where the page opened; a person may move on before what a link needs is there */
  let first: string | undefined;
  const placeNow = (): string => JSON.stringify(linkOf(session).place);

  /** A link needs the catalogue and the recorded run, or to know that they will not come. */
  function begin(): void {
    const { recorded, recordedFailure } = session.run.getState();
    const isCatalogueLost = session.training.getState().backend.kind === 'replay';
    if (!isWaiting || (recorded === null && recordedFailure === null)) return;
    first ??= placeNow();
    if (session.configuration.getState().catalogue === null && !isCatalogueLost) return;
    isWaiting = false;
    if (isGiven()) openLink(session, bar.hash());
    known = isGiven() || first === placeNow() ? writeLinkOf(session) : undefined;
    const { lesson } = session.link.getState().classroom;
    if (lesson !== undefined) startLesson(lesson);
  }

  function startLesson(id: string): void {
    void session.lessons.open(id);
    const { ignored } = session.link.getState();
    if (session.lessons.store.getState().open === null) session.link.setState({ ignored: [...ignored, `There is no lesson ${id}.`] });
  }

  function schedule(): void {
    begin();
    if (isWaiting || timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      // a lesson moves the page and puts it back
      if (session.lessons.store.getState().open !== null) return;
      const hash = writeLinkOf(session);
      if (hash === undefined || hash === known) return;
      known = hash;
      bar.replace(`#${hash}`);
    }, WRITE_INTERVAL_MS);
  }

  const stop = [
    session.compare.subscribe(() => {
      settleCompared(session);
      schedule();
    }),
    session.run.subscribe(schedule), session.stage.subscribe(schedule), session.configuration.subscribe(schedule), session.link.subscribe(schedule), session.training.subscribe(schedule),
    bar.onChange(() => {
      if (isWaiting) return session.link.setState({ classroom: readClassroomOf(bar.hash()) });
      openLink(session, bar.hash());
      known = writeLinkOf(session);
    }),
  ];
  begin();
  return () => {
    clearTimeout(timer);
    for (const one of stop) one();
  };
}

export function windowAddress(): AddressBar {
  return {
    hash: () => location.hash,
    replace: (hash) => history.replaceState(history.state, '', hash),
    onChange(listener) {
      addEventListener('hashchange', listener);
      return () => removeEventListener('hashchange', listener);
    },
  };
}
