// Time by kernel of one update, measured when it is asked for: training is slower while it is.

import type { UpdateProfile } from '../../workers/updateProfile';
import { formatNumber, formatShare } from '../../viz/format';
import { isBusy } from '../../state/trainingStore';
import { useConfiguration, useRun, useSession, useTraining } from '../app/SessionContext';

export function ProfilePanel() {
  const session = useSession();
  const profile = useTraining((state) => state.profile);
  const busy = useTraining((state) => isBusy(state.status) || state.status.kind === 'stopped' || state.backend.kind === 'replay');
  const isReady = useConfiguration((state) => state.configuration !== null);
  const hasLive = useRun((state) => state.live !== null);
  return (
    <details className="profile">
      <summary>Profile: time by kernel</summary>
      <p className="muted">{hasLive ? 'Trains the next update' : 'Starts a run, trains its first update'} with every kernel call timed. {busy ? 'Pause first.' : ''}</p>
      <button type="button" disabled={busy || !isReady} onClick={() => session.profileUpdate()}>Time one update</button>
      {profile === null ? null : <Result profile={profile} />}
    </details>
  );
}

function Result({ profile }: { readonly profile: UpdateProfile }) {
  const { update, executor, kernels, missed } = profile;
  if (kernels === null) return <p role="status">Update {update}: this adapter gives no timestamps, so nothing can be said about its kernels.</p>;
  const total = kernels.reduce((sum, { ms }) => sum + ms, 0);
  return (
    <>
      <p role="status">
        Update {update}: {formatNumber(total)} ms in kernels of the policy’s worker, {executor === 'cpu' ? 'by the processor’s clock' : 'by timestamps of the GPU, which browsers round to 0.1 ms'}.
        {missed > 0 ? ` ${missed} calls more were not timed: the device keeps 2,048 times a phase.` : ''}
      </p>
      {/* it scrolls by itself, so the keyboard must be able to reach it */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="profileTable" role="region" aria-label="Time by kernel" tabIndex={0}>
        <table className="numbers">
          <thead><tr><th scope="col">Kernel</th><th scope="col">Phase</th><th scope="col">Calls</th><th scope="col">ms</th><th scope="col">Share</th></tr></thead>
          <tbody>
            {kernels.map(({ phase, kernel, calls, ms, share }) => (
              <tr key={`${phase} ${kernel}`}><th scope="row">{kernel}</th><td>{phase}</td><td>{calls}</td><td>{formatNumber(ms)}</td><td>{formatShare(share)}</td></tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
