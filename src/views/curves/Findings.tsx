// What the diagnosis found, one sentence each: the list behind the marks on the curves.

import type { Finding } from '../../viz/diagnosis';
import { useRun, useSession, useTraining } from '../app/SessionContext';
import { GoBackButton } from '../stage/GoBackButton';

export function Findings({ findings, lastUpdate }: { readonly findings: readonly Finding[]; readonly lastUpdate: number }) {
  const session = useSession();
  const isLive = useRun((state) => state.source === 'live');
  // of a run that has stopped the stage says so
  const canGoBack = useTraining((state) => state.status.kind !== 'stopped') && isLive;
  if (lastUpdate === 0) return null;
  if (findings.length === 0) return <p className="findings muted">Diagnosis: nothing unusual in {lastUpdate} {lastUpdate === 1 ? 'update' : 'updates'}.</p>;
  return (
    <>
      <ul className="findings" aria-label="Diagnosis">
        {findings.map((finding) => (
          <li key={`${finding.sign} ${finding.update}`}>
            <span className="findingMark" aria-hidden="true">!</span>
            <button type="button" className="link" onClick={() => session.showUpdate(finding.update)}>Update {finding.update}</button>{' '}
            <strong>{finding.title}.</strong> {finding.sentence} <span className="muted">{lasting(finding, lastUpdate)}</span>
          </li>
        ))}
      </ul>
      {canGoBack ? <div className="goBackOffer"><GoBackButton findings={findings} /></div> : null}
    </>
  );
}

function lasting({ update, until }: Finding, lastUpdate: number): string {
  if (until === lastUpdate) return update === until ? '' : 'It still holds.';
  return until === update ? '' : `It held until update ${until}.`;
}
