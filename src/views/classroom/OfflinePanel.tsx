// What of the page is kept on this machine, what more could be and how much that is, and the whole page as one file for a USB stick.

import type { OfflineState } from '../../state/offline';
import { formatShort } from '../../viz/format';
import { useOffline, useOfflineDesk } from '../app/OfflineContext';

const ZIP = './creditscope.zip';

export function OfflinePanel() {
  const desk = useOfflineDesk();
  const state = useOffline((all) => all.state);
  return (
    <section className="offline" aria-label="Without a network">
      <h3>Without a network</h3>
      {state.kind === 'unavailable' ? <p>This page is not kept here: {state.reason}</p> : null}
      {state.kind === 'preparing' ? <p role="status">The page, its lessons and recorded runs are being kept on this machine.</p> : null}
      {state.kind === 'kept' ? <Kept state={state} keepAll={desk.keepAll} /> : null}
      <p className="fieldNote"><a href={ZIP} download>Download everything as one file</a>, for a USB stick: unpack it, start any web server in the folder, say <code>python3 -m http.server</code>, and open its address.</p>
    </section>
  );
}

function Kept({ state: { extra, isFetching, problem }, keepAll }: { readonly state: Extract<OfflineState, { kind: 'kept' }>; keepAll(): void }) {
  const missing = extra === null ? 0 : extra.total - extra.bytes;
  return (
    <>
      <p>The page, its lessons and recorded runs are kept on this machine: it opens without a network.</p>
      {extra === null || missing > 0 ? (
        <div className="offlineMore">
          <button type="button" disabled={isFetching || extra === null} onClick={keepAll}>Make all of it available offline{extra === null ? '' : ` (${megabytes(missing)})`}</button>
          <p className="fieldNote">The runtime of the judge that is a language model, and the policies of the other tasks. Otherwise each comes when it is first used.</p>
          {isFetching && extra !== null ? <progress aria-label={`Fetched ${megabytes(extra.bytes)} of ${megabytes(extra.total)}`} value={extra.bytes} max={extra.total} /> : null}
        </div>
      ) : <p role="status">So are the judge’s runtime and all policies: {megabytes(extra.total)}.</p>}
      {problem === null ? null : <p role="alert">{problem}</p>}
    </>
  );
}

function megabytes(bytes: number): string {
  return `${formatShort(bytes / 1e6)} MB`;
}
