// Answers that were made elsewhere: a button in the top bar opens a dialog over the page, with stores of its own, so that the run beneath is
// left as it is. A file dropped anywhere on the page opens it too. The worker starts with the first file.

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { createAnswersSession } from '../../state/answersStore';
import { createCompareStore } from '../../state/compareStore';
import { createRunStore } from '../../state/runStore';
import { SessionContext, useSession } from '../app/SessionContext';
import { AnswersView } from './AnswersView';
import { saveFile } from './saveFile';
import { AnswersContext } from './useAnswers';

export function RealAnswers() {
  const session = useSession();
  const dialog = useRef<HTMLDialogElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  const show = useCallback((): void => {
    setIsOpen(true);
    if (dialog.current?.open === false) dialog.current.showModal();
  }, []);
  const answers = useMemo(() => createAnswersSession(saveFile), []);
  // the stage's and the compare view's components find channel, scale and selection here
  const own = useMemo(() => ({ ...session, run: createRunStore(), compare: createCompareStore() }), [session]);
  useEffect(() => {
    const open = (file: Blob, name: string): void => {
      show();
      answers.open(file, name);
    };
    const onDragOver = (event: DragEvent): void => {
      if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault();
    };
    const onDrop = (event: DragEvent): void => {
      const file = event.dataTransfer?.files[0];
      if (file === undefined) return;
      event.preventDefault();
      open(file, file.name);
    };
    const onPaste = (event: ClipboardEvent): void => {
      if (dialog.current?.open !== true || (event.target instanceof Element && event.target.matches('input, textarea'))) return;
      const file = event.clipboardData?.files[0];
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (file !== undefined) open(file, file.name);
      else if (text.trim() !== '') open(new Blob([text]), 'pasted answers');
    };
    document.addEventListener('dragover', onDragOver);
    document.addEventListener('drop', onDrop);
    document.addEventListener('paste', onPaste);
    return () => {
      document.removeEventListener('dragover', onDragOver);
      document.removeEventListener('drop', onDrop);
      document.removeEventListener('paste', onPaste);
    };
  }, [answers, show]);
  return (
    <>
      <button type="button" className="realAnswersButton" aria-haspopup="dialog" title="Answers of language models, from a file: credit token by token" onClick={show}>Real answers</button>
      <dialog ref={dialog} className="realAnswers" aria-labelledby="realAnswersTitle" onClose={() => setIsOpen(false)}>
        {isOpen ? <AnswersContext value={answers}><SessionContext value={own}><AnswersView onClose={() => dialog.current?.close()} /></SessionContext></AnswersContext> : null}
      </dialog>
    </>
  );
}
