// The same recipe, trained here. A live run that is there already would end, so that is asked first.

import { useState } from 'react';
import type { OpenLesson } from '../../state/lessonStore';
import { useConfiguration, useRun, useSession, useTraining } from '../app/SessionContext';

export function TryLive({ opened }: { readonly opened: OpenLesson }) {
  const { lessons } = useSession();
  const [isSure, setIsSure] = useState(false);
  const liveUpdates = useRun((state) => (state.live === null ? null : state.live.updates.at(-1)?.line.update ?? 0));
  const reason = useTraining((state) => state.backend.reason);
  useTraining((state) => state.backend.kind);
  useConfiguration((state) => state.configuration);
  if (!lessons.canTrain()) return <p className="muted">Nothing can train here{reason === undefined ? '' : `: ${reason}`}</p>;
  const asks = liveUpdates !== null && !isSure;
  return (
    <div className="tryLive">
      {liveUpdates === null || !isSure ? null : <p>This ends the live run at update {liveUpdates}.</p>}
      <button type="button" onClick={() => (asks ? setIsSure(true) : lessons.tryLive())}>{liveUpdates !== null && isSure ? 'Yes, train the lesson’s run' : 'Try it live'}</button>
      <p className="muted">{opened.lesson.live.watch}</p>
    </div>
  );
}
