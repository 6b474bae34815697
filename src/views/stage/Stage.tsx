// The middle of the page: phases of the update, the problem, its answers as tokens, and what the colours mean; or, on its other tab,
// methods side by side.

import { updateCount, shownRun } from '../../state/runStore';
import { CompareView } from '../compare/CompareView';
import { useCompare } from '../compare/useCompare';
import { findCommand } from '../app/commands';
import { useRun, usePalette, useSaved, useSession, useTraining } from '../app/SessionContext';
import { useShown, type Shown } from '../app/useShown';
import { CritiquePanel } from '../critique/CritiquePanel';
import { JudgeNotices } from '../critique/JudgeNotices';
import { useDomain } from './useDomain';
import { ChannelBar } from './ChannelBar';
import { PhaseStrip } from './PhaseStrip';
import { ProblemBar } from './ProblemBar';
import { SavedRuns } from './SavedRuns';
import { TokenGrid } from './TokenGrid';

export function Stage() {
  const isComparing = useCompare((state) => state.isOpen);
  return (
    <section className="panel stage" aria-label={isComparing ? 'Compare' : 'Answers'}>
      <Tabs isComparing={isComparing} />
      <Notices />
      <JudgeNotices />
      {isComparing ? <CompareView /> : <Answers />}
    </section>
  );
}

function Tabs({ isComparing }: { readonly isComparing: boolean }) {
  const session = useSession();
  return (
    <div className="segments stageTabs" role="group" aria-label="On the stage">
      <button type="button" aria-pressed={!isComparing} onClick={() => session.compare.setState({ isOpen: false })}>Answers</button>
      <button type="button" aria-pressed={isComparing} title={`Several methods on the same answers, and what each token really deserved (${findCommand('compare').keys.join(', ')})`} onClick={() => session.compare.setState({ isOpen: true })}>Compare methods</button>
    </div>
  );
}

function Answers() {
  const shown = useShown();
  return (
    <>
      <SavedRuns />
      {shown === undefined ? <EmptyStage /> : <FilledStage shown={shown} />}
    </>
  );
}

function FilledStage({ shown }: { readonly shown: Shown }) {
  const palette = usePalette();
  const { domain, stats } = useDomain(shown);
  return (
    <>
      <PhaseStrip shown={shown} />
      <ProblemBar shown={shown} />
      <ChannelBar shown={shown} domain={domain} palette={palette} stats={stats} />
      <TokenGrid shown={shown} domain={domain} palette={palette} />
      <CritiquePanel shown={shown} />
    </>
  );
}

function EmptyStage() {
  const isLive = useRun((state) => state.source === 'live');
  const failure = useRun((state) => state.recordedFailure);
  const status = useTraining((state) => state.status.kind);
  const updatesWithoutRecord = useRun((state) => (state.source === 'live' ? state.live?.past?.length : undefined)) ?? 0;
  if (updatesWithoutRecord > 0) return <p className="emptyStage">The answers of the {updatesWithoutRecord} updates so far were not kept; the next ones will stand here.</p>;
  if (isLive || status === 'preparing') return <p className="emptyStage">The first answers are on their way.</p>;
  return <p className="emptyStage">{failure === null ? 'Loading the recorded run.' : 'Press Play to train a policy here.'}</p>;
}

/** Errors and the place in time, above everything else. */
function Notices() {
  const session = useSession();
  const error = useTraining((state) => state.error);
  const stopped = useTraining((state) => (state.status.kind === 'stopped' ? state.status.message : undefined));
  const notice = useTraining((state) => state.notice);
  const failure = useRun((state) => state.recordedFailure);
  const unsaved = useSaved((state) => (state.kept !== null && 'problem' in state.kept ? state.kept.problem : undefined));
  const moved = useRun((state) => (state.source === 'live' ? state.live?.header.earlier?.at(-1) : undefined));
  const isBehind = useRun((state) => state.source === 'live' && !state.isFollowing && updateCount(state) > 0);
  const position = useRun((state) => shownRun(state)?.updates[state.position]?.line.update ?? state.position);
  const last = useRun((state) => shownRun(state)?.updates.at(-1)?.line.update ?? 0);
  return (
    <>
      {error === null ? null : <p className="notice" role="alert">{error} <button type="button" className="link" onClick={() => session.training.setState({ error: null })}>Dismiss</button></p>}
      {notice === null ? null : <p className="notice" role="status">{notice} <button type="button" className="link" onClick={() => session.training.setState({ notice: null })}>Dismiss</button></p>}
      {stopped === undefined ? null : <p className="notice" role="alert">{stopped}</p>}
      {failure === null ? null : <p className="notice" role="status">{failure}</p>}
      {unsaved === undefined ? null : <p className="notice" role="status">{unsaved}</p>}
      {moved === undefined ? null : <p className="notice" role="status">Updates up to {moved.until} were made on {moved.adapter} ({moved.executor}). From here on the numbers may differ in their last bits from those of a run that never left it.</p>}
      {isBehind ? <p className="notice" role="status">Viewing update {position} of {last}. <button type="button" className="link" onClick={() => session.followLive()}>Jump to live</button></p> : null}
    </>
  );
}
