// What answers are cut by: tokens of the file, words, or a tokenizer of transformers.js: one that ships with the page, a tokenizer.json on
// this machine, or that of a model on Hugging Face, which is asked about before anything is fetched.

import { useState, type ChangeEvent } from 'react';
import { waitsForTokenizer } from '../../state/answersStore';
import type { TokenChoice } from '../../workers/answersMessages';
import { formatBytes } from '../../viz/format';
import { FetchConsent } from '../critique/FetchConsent';
import { useAnswers, useAnswersSession } from './useAnswers';

/** As the list has them; a shipped one by its name. */
const [OPENED, HUB] = ['opened', 'hub'];

export function TokenSource() {
  const session = useAnswersSession();
  const tokens = useAnswers((state) => state.tokens);
  const shipped = useAnswers((state) => state.summary!.shippedTokenizers);
  const isBusy = useAnswers((state) => state.cutting !== null || state.scoring !== null || state.exporting !== null);
  const asks = useAnswers((state) => state.asks);
  /** chosen in the list, and still without a file or an id */
  const [half, setHalf] = useState<string | null>(null);
  const choose = ({ target: { value } }: ChangeEvent<HTMLSelectElement>): void => {
    setHalf(value === OPENED || value === HUB ? value : null);
    if (value === 'file' || value === 'words') session.cutBy({ kind: value });
    else if (value.startsWith('shipped ')) session.cutBy({ kind: 'shipped', name: value.slice('shipped '.length) });
  };
  return (
    <div className="tokenSource">
      <label>Tokens <select value={half ?? valueOf(tokens)} disabled={isBusy} onChange={choose}>
        <option value="file">from the file, else words</option>
        <option value="words">words</option>
        <option value={OPENED}>by a tokenizer.json …</option>
        <option value={HUB}>by a model’s tokenizer on Hugging Face …</option>
        {shipped.map((name) => <option key={name} value={`shipped ${name}`}>by that of {name}, ships with this page</option>)}
      </select></label>
      {(half ?? tokens.kind) === OPENED ? <OpenedFiles isBusy={isBusy} onOpened={() => setHalf(null)} /> : null}
      {(half ?? tokens.kind) === HUB ? <HubModelId isBusy={isBusy} onAsked={() => setHalf(HUB)} /> : null}
      <Changed />
      <Progress />
      {asks === null ? null : <FetchConsent asks={asks} what="The tokenizer is of" onAllow={session.allowFetch} onRefuse={session.refuseFetch} />}
    </div>
  );
}

const valueOf = (tokens: TokenChoice): string => (tokens.kind === 'shipped' ? `shipped ${tokens.name}` : tokens.kind);

function OpenedFiles({ isBusy, onOpened }: { readonly isBusy: boolean; onOpened(): void }) {
  const session = useAnswersSession();
  const tokens = useAnswers((state) => state.tokens);
  const open = ({ target }: ChangeEvent<HTMLInputElement>): void => {
    const files = Array.from(target.files ?? [], (file) => ({ path: file.name, file }));
    if (files.length === 0) return;
    onOpened();
    session.cutBy({ kind: 'opened', files });
    // the same files once more are a change too
    target.value = '';
  };
  return (
    <>
      <label>tokenizer.json, and tokenizer_config.json if there is one <input type="file" multiple accept=".json,application/json" disabled={isBusy} onChange={open} /></label>
      {tokens.kind === 'opened' ? <span className="muted">{tokens.files.map(({ path, file }) => `${path}, ${formatBytes(file.size)}`).join('; ')}</span> : null}
    </>
  );
}

function HubModelId({ isBusy, onAsked }: { readonly isBusy: boolean; onAsked(): void }) {
  const session = useAnswersSession();
  const tokens = useAnswers((state) => state.tokens);
  const [model, setModel] = useState(tokens.kind === 'hub' ? tokens.model : '');
  const submit = (): void => {
    onAsked();
    session.cutBy({ kind: 'hub', model: model.trim() });
  };
  return (
    <form className="hubModel" onSubmit={(event) => { event.preventDefault(); submit(); }}>
      <label>Model’s id <input type="text" spellCheck={false} autoComplete="off" placeholder="owner/name" value={model} onChange={({ target }) => setModel(target.value)} /></label>
      <button type="submit" disabled={isBusy || model.trim() === ''}>Use its tokenizer</button>
    </form>
  );
}

/** Where the tokenizer does not give back what it was given. */
function Changed() {
  const changed_N = useAnswers((state) => state.batch?.answers.isChanged_N);
  const changed = changed_N?.filter((one) => one).length ?? 0;
  if (changed_N === undefined || changed === 0) return null;
  return <p className="fieldNote">This tokenizer reads {changed} of these {changed_N.length} answers otherwise than they are written (letters or signs it does not know or changes). A token’s chip shows the stretch of the answer nearest to it.</p>;
}

function Progress() {
  const session = useAnswersSession();
  const loading = useAnswers((state) => state.cutting?.loading ?? null);
  const isOpening = useAnswers((state) => state.cutting !== null);
  const isWaiting = useAnswers(waitsForTokenizer);
  if (!isWaiting) return null;
  return (
    <span className="readProgress" role="status">
      {loading === null ? `The tokenizer ${isOpening ? 'is being opened' : 'cuts these answers'}.` : <><progress aria-label="Fetching the tokenizer" value={loading.loaded} max={Math.max(1, loading.total)} /><span>{formatBytes(loading.loaded)} of {formatBytes(loading.total)}</span></>}
      <button type="button" onClick={session.cancel}>Stop</button>
    </span>
  );
}
