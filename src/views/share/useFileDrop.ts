// Files dropped or pasted anywhere on the page go to whoever opens such files; pictures of panels are opened here.

import { useEffect } from 'react';
import { openPicture } from '../../state/link/pictureLink';
import type { Session } from '../../state/session';
import { isTakenElsewhere } from './takesFiles';

export function useFileDrop(session: Session): void {
  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    const openWhatCame = (event: DragEvent | ClipboardEvent, data: DataTransfer | null): void => {
      const file = data?.files[0];
      if (file === undefined) return;
      event.preventDefault();
      void session.files.open(file, file.name);
    };
    document.addEventListener('dragover', (event) => {
      if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault();
    }, { signal });
    document.addEventListener('drop', (event) => { if (!isTakenElsewhere(event.target)) openWhatCame(event, event.dataTransfer); }, { signal });
    document.addEventListener('paste', (event) => openWhatCame(event, event.clipboardData), { signal });
    const picture = (kind: 'png' | 'svg') => (file: Blob, name: string): Promise<void> => {
      // what it brings back stands behind any dialog
      for (const dialog of document.querySelectorAll('dialog[open]')) (dialog as HTMLDialogElement).close();
      return openPicture(session, file, kind, name);
    };
    const stops = [session.files.accept('png', picture('png')), session.files.accept('svg', picture('svg'))];
    return () => {
      listening.abort();
      for (const stop of stops) stop();
    };
  }, [session]);
}
