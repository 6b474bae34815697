// What the judge is doing and what it needs: how far it is, why it stopped, and, before anything leaves this machine, where
// it would go, how much, and what exactly.

import { useEffect, useRef } from 'react';
import type { LeavingRequests, ModelLoading } from '../../lab/judging';
import { formatBytes } from '../../viz/format';
import { useSession } from '../app/SessionContext';
import { FetchConsent } from './FetchConsent';
import { useJudge } from './useJudge';

interface JudgeNoticesProps {
  /** what is judged now */
  readonly occasion?: string;
  /** how to ask once more */
  readonly again?: string;
  /** what the agreement goes on to cover */
  readonly later?: string;
}

export function JudgeNotices({ occasion = 'this update', again = 'Play asks again.', later = 'Later updates send about as much each' }: JudgeNoticesProps) {
  const { judge } = useSession();
  const progress = useJudge((state) => state.progress);
  const message = useJudge((state) => state.message);
  const asks = useJudge((state) => state.asks);
  return (
    <>
      {progress === null ? null : (
        <p className="notice" role="status">
          {progress.loading === undefined ? <>The judge has read {progress.done} of {progress.total}{progress.missing > 0 ? `; ${progress.missing} could not be had` : ''}.</> : <Loading loading={progress.loading} />}{' '}
          <button type="button" className="link" onClick={() => judge.cancel()}>Cancel judging</button>
        </p>
      )}
      {message === null || asks !== null ? null : (
        <p className="notice" role="alert">{message} {again} <button type="button" className="link" onClick={() => judge.store.setState({ message: null })}>Dismiss</button></p>
      )}
      {asks?.kind === 'send' ? <Consent asks={asks} occasion={occasion} later={later} /> : asks?.kind === 'fetch' ? <FetchConsent asks={asks} what="The judge is" onAllow={judge.allow} onRefuse={judge.refuse} /> : null}
    </>
  );
}

function Loading({ loading: { file, loaded, total } }: { readonly loading: ModelLoading }) {
  return <>Fetching the judge: {megabytes(loaded)} of {megabytes(total)} MB ({file}). <progress max={total} value={loaded} aria-label="Fetching the judge" /></>;
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);

function Consent({ asks, occasion, later }: { readonly asks: LeavingRequests; readonly occasion: string; readonly later: string }) {
  const { judge } = useSession();
  const dialog = useRef<HTMLDialogElement>(null);
  const hasKey = useJudge((state) => (state.fields?.key ?? '') !== '');
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="keyHelp consent" aria-labelledby="consentTitle" onCancel={() => judge.refuse()}>
      <h2 id="consentTitle">Send answers to {asks.host}?</h2>
      <p>
        The judge is a program on <strong>{asks.host}</strong>. For {occasion} it would get <strong>{asks.requests} requests</strong>, {formatBytes(asks.bytes)} in all: problems, answers
        and your prompts, as below{hasKey ? ', and your key' : ''}. Nothing has been sent yet. {later}, until you change the judge or close the page.
      </p>
      <h3>The first request</h3>
      {/* it scrolls by itself, so the keyboard must be able to reach it */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className="example" tabIndex={0}>{readable(asks.example)}</pre>
      <div className="consentButtons">
        <button type="button" onClick={() => judge.refuse()}>Send nothing</button>
        <button type="button" className="primary" onClick={() => judge.allow()}>Send to {asks.host}</button>
      </div>
    </dialog>
  );
}

/** The body with its line breaks as such. */
function readable(body: string): string {
  return JSON.stringify(JSON.parse(body), null, 2).replaceAll('\\n', '\n');
}
