// Answers that were made elsewhere: a button in the top bar opens a dialog over the page, with stores of its own, so that the run beneath is
// left as it is. A file dropped anywhere on the page opens it too. The worker starts with the first file.

import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { createAnswersSession } from '../../state/answersStore';
import { createCompareStore } from '../../state/compareStore';
import { createRunStore } from '../../state/runStore';
import { SessionContext, useConfiguration, useSession } from '../app/SessionContext';
import { ViewBoundary } from '../stage/ViewBoundary';
import { saveFile } from './saveFile';
import { AnswersContext } from './useAnswers';

const AnswersView = lazy(async () => ({ default: (await import('./AnswersView')).AnswersView }));

export function RealAnswers() {
  const session = useSession();
  const dialog = useRef<HTMLDialogElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  const show = useCallback((): void => {
    setIsOpen(true);
    if (dialog.current?.open === false) dialog.current.showModal();
  }, []);
  const answers = useMemo(() => createAnswersSession(saveFile), []);
  // components of the stage, the compare view and the setup find channel, scale, selection and judge here
  const own = useMemo(() => ({ ...session, run: createRunStore(), compare: createCompareStore(), configuration: answers.setup, judge: answers.judge }), [session, answers]);
  const catalogue = useConfiguration((state) => state.catalogue);
  useEffect(() => { if (catalogue !== null) answers.openJudges(catalogue); }, [answers, catalogue]);
  useEffect(() => {
    const open = (file: Blob, name: string): void => {
      show();
      answers.open(file, name);
    };
    const stops = [
      session.files.accept('answers', open),
      session.files.accept('tokenizer', (file, name) => {
        show();
        answers.cutBy({ kind: 'opened', files: [{ path: name, file }] });
      }),
    ];
    const onPaste = (event: ClipboardEvent): void => {
      if (dialog.current?.open !== true || (event.target instanceof Element && event.target.matches('input, textarea'))) return;
      const text = event.clipboardData?.getData('text/plain') ?? '';
      // a file goes its own way (../share/useFileDrop.ts)
      if (event.clipboardData?.files.length === 0 && text.trim() !== '') open(new Blob([text]), 'pasted answers');
    };
    document.addEventListener('paste', onPaste);
    return () => {
      for (const stop of stops) stop();
      document.removeEventListener('paste', onPaste);
    };
  }, [session, answers, show]);
  return (
    <>
      <button type="button" className="realAnswersButton" aria-haspopup="dialog" title="Answers of language models, from a file: credit token by token" onClick={show}>Real answers</button>
      <dialog ref={dialog} className="realAnswers" aria-label="Real answers" onClose={({ currentTarget }) => { if (!currentTarget.open) setIsOpen(false); }}>
        {isOpen ? (
          <ViewBoundary way={<button type="button" className="realAnswersClose" onClick={() => dialog.current?.close()}>Close</button>}>
            <AnswersContext value={answers}><SessionContext value={own}><Suspense fallback={<p className="emptyStage">Loading …</p>}><AnswersView onClose={() => dialog.current?.close()} /></Suspense></SessionContext></AnswersContext>
          </ViewBoundary>
        ) : null}
      </dialog>
    </>
  );
}
