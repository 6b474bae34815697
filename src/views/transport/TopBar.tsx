// Name, which run is on screen, the transport, and where training runs.

import { shownRun } from '../../state/runStore';
import { badgeText } from '../../state/trainingStore';
import { useRun, useSession, useTraining } from '../app/SessionContext';
import { RealAnswers } from '../realAnswers/RealAnswers';
import { KeyHelp } from './KeyHelp';
import { Transport } from './Transport';

export function TopBar() {
  return (
    <header className="topBar">
      <h1 className="brand">
        <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
          <path className="brandLine" d="M2 12h20" />
          <path className="brandPositive" d="M5 4.5h3.6V11H5zM15.4 7h3.6v4h-3.6z" />
          <path className="brandNegative" d="M10.2 13h3.6v7h-3.6z" />
        </svg>
        Creditscope
      </h1>
      <SourceSwitch />
      <Transport />
      <div className="topBarEnd">
        <RealAnswers />
        <BackendBadge />
        <KeyHelp />
      </div>
    </header>
  );
}

function SourceSwitch() {
  const session = useSession();
  const source = useRun((state) => state.source);
  const hasLive = useRun((state) => state.live !== null);
  const hasRecorded = useRun((state) => state.recorded !== null);
  const title = useRun((state) => shownRun(state)?.names.methodTitle);
  if (!hasLive || !hasRecorded) return <p className="sourceName">{hasLive ? 'Live run' : hasRecorded ? 'Recorded run' : ''}{title === undefined ? '' : ` · ${title}`}</p>;
  return (
    <div className="segments" role="group" aria-label="Run on screen">
      <button type="button" aria-pressed={source === 'recorded'} onClick={() => session.chooseSource('recorded')}>Recorded</button>
      <button type="button" aria-pressed={source === 'live'} onClick={() => session.chooseSource('live')}>Live</button>
    </div>
  );
}

function BackendBadge() {
  const backend = useTraining((state) => state.backend);
  return (
    <p className="badge" data-backend={backend.kind} title={backend.reason}>
      <span className="badgeDot" aria-hidden="true" />
      <span className="badgeName">{badgeText(backend)}</span>
      {backend.reason === undefined ? null : <span className="badgeReason">{backend.reason}</span>}
    </p>
  );
}
