// Name, which run is on screen, the transport, and where training runs.

import { shownRun } from '../../state/runStore';
import { badgeText } from '../../state/trainingStore';
import { Control } from '../app/Control';
import { useRun, useSession, useTraining } from '../app/SessionContext';
import { FileMenu } from '../files/FileMenu';
import { RealAnswers } from '../realAnswers/RealAnswers';
import { LessonList } from '../lessons/LessonList';
import { ShareButton } from '../share/ShareButton';
import { Brand } from './Brand';
import { KeyHelp } from './KeyHelp';
import { ThemeButton } from './ThemeButton';
import { Transport } from './Transport';

export function TopBar() {
  return (
    <header className="topBar">
      <Brand />
      <Control id="source"><SourceSwitch /></Control>
      <Transport />
      <div className="topBarEnd">
        <Control id="lessons"><LessonList /></Control>
        <Control id="realAnswers"><RealAnswers /></Control>
        <Control id="share"><ShareButton /></Control>
        <Control id="files"><FileMenu /></Control>
        <ThemeButton />
        <KeyHelp />
        <BackendBadge />
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
    <p className="badge" data-backend={backend.kind} title={[badgeText(backend), backend.reason].filter((words) => words !== undefined).join(': ')}>
      <span className="badgeDot" aria-hidden="true" />
      <span className="badgeName">{badgeText(backend)}</span>
      {backend.reason === undefined ? null : <span className="badgeReason">{backend.reason}</span>}
    </p>
  );
}
