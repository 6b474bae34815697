// Where answers come from (a file, the example), how far reading is, and the way out: the same format with every channel.

import { useRef } from 'react';
import { formatShort } from '../../viz/format';
import { useAnswers, useAnswersSession } from './useAnswers';

export function SourceBar() {
  const session = useAnswersSession();
  const input = useRef<HTMLInputElement>(null);
  const reading = useAnswers((state) => state.reading);
  const exporting = useAnswers((state) => state.exporting);
  const scoring = useAnswers((state) => state.scoring);
  const hasProblems = useAnswers((state) => (state.summary?.problems.length ?? 0) > 0);
  const isBusy = reading !== null || scoring !== null || exporting !== null;
  return (
    <div className="sourceBar">
      <input ref={input} type="file" hidden accept=".jsonl,.json,.ndjson,.txt,application/jsonl,application/json,text/plain" aria-label="File of answers"
        onChange={({ target }) => {
          const file = target.files?.[0];
          if (file !== undefined) session.open(file, file.name);
          // the same file once more is a change too
          target.value = '';
        }} />
      <button type="button" disabled={isBusy} onClick={() => input.current?.click()}>Open answers</button>
      {hasProblems ? <button type="button" disabled={isBusy} title="These problems again, with every line of every method that can run and all that judges said" onClick={session.startExport}>Export with credit</button> : null}
      <button type="button" disabled={isBusy} onClick={() => void session.openExample()}>Example: GSM8K by language models</button>
      {reading === null ? null : (
        <Progress label={`Reading: ${formatShort(reading.done / 1e6)} of ${formatShort(reading.total / 1e6)} MB, ${reading.problems} problems`} done={reading.done} total={reading.total} onCancel={session.cancel} />
      )}
      {scoring === null ? null : <Progress label={`Scoring: batch ${scoring.done} of ${scoring.total}`} done={scoring.done} total={scoring.total} onCancel={session.cancel} />}
      {exporting === null ? null : <Progress label={`Exporting: batch ${exporting.done} of ${exporting.total}`} done={exporting.done} total={exporting.total} onCancel={session.cancel} />}
    </div>
  );
}

function Progress({ label, done, total, onCancel }: { readonly label: string; readonly done: number; readonly total: number; onCancel(): void }) {
  return (
    <span className="readProgress">
      <progress aria-label={label} value={done} max={Math.max(1, total)} />
      <span>{label}</span>
      <button type="button" onClick={onCancel}>Stop</button>
    </span>
  );
}
