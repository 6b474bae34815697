// The middle of the page: tabs over the views of the run, what has to be said above them, and the view itself.

import { Suspense, useEffect, useMemo, useRef } from 'react';
import { updateCount, shownRun, shownUpdate } from '../../state/runStore';
import { findingsOf } from '../../state/goBack';
import { STAGE_VIEWS } from '../../state/stageStore';
import { Control } from '../app/Control';
import { PanelMenu, type PanelContents } from '../app/PanelMenu';
import { useRun, useSession, useStage, useTraining } from '../app/SessionContext';
import { useKeyWords } from '../app/useKeyWords';
import { RunFileNotices } from '../files/RunFileNotices';
import { JudgeNotices } from '../critique/JudgeNotices';
import { tableOfPanel } from '../export/tableOfPanel';
import { OpeningPanel } from '../opening/OpeningPanel';
import { UpdateNotice } from '../classroom/UpdateNotice';
import { LinkNotice } from '../share/LinkNotice';
import { BookmarkMenu } from './BookmarkMenu';
import { GoBackButton } from './GoBackButton';
import { SlowNotice } from './SlowNotice';
import { SlowStart } from './SlowStart';
import { UnsavedNotice } from './UnsavedNotice';
import { stageView } from './stageViews';
import { ViewBoundary } from './ViewBoundary';

export function Stage() {
  const view = useStage((state) => state.view);
  const { label, View } = stageView(view);
  const hasAnswers = useRun((state) => shownUpdate(state) !== undefined);
  return (
    <section className="panel stage" aria-label={label}>
      {view === 'answers' ? <OpeningPanel /> : null}
      <div className="panelHead noPicture">
        <Control id="views"><Tabs /></Control>
        {view === 'answers' && hasAnswers ? <Control id="bookmarks"><BookmarkMenu /></Control> : null}
        <StageMenu />
      </div>
      <UpdateNotice />
      <LinkNotice />
      <Notices />
      <SlowStart />
      <SlowNotice />
      <RunFileNotices />
      <JudgeNotices />
      <ViewBoundary key={view}><Suspense fallback={<p className="emptyStage">Loading …</p>}><View /></Suspense></ViewBoundary>
    </section>
  );
}

function Tabs() {
  const session = useSession();
  const { hintOf } = useKeyWords();
  const shown = useStage((state) => state.view);
  const tabs = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // where they scroll sideways, the chosen one is in sight; the page itself stays where it is
    const [row, chosen] = [tabs.current, tabs.current?.querySelector('[aria-pressed=true]')].map((element) => element?.getBoundingClientRect());
    if (row !== undefined && chosen !== undefined) tabs.current?.scrollBy({ left: chosen.left + chosen.width / 2 - row.left - row.width / 2 });
  }, [shown]);
  return (
    <div ref={tabs} className="segments stageTabs" role="group" aria-label="On the stage">
      {STAGE_VIEWS.map((view) => {
        const { label, hint } = stageView(view);
        return <button key={view} type="button" aria-pressed={view === shown} title={view === 'answers' ? undefined : hintOf(view, hint)} onFocus={({ currentTarget }) => currentTarget.scrollIntoView({ block: 'nearest', inline: 'nearest' })} onClick={() => session.stage.setState({ view })}>{label}</button>;
      })}
    </div>
  );
}

function StageMenu() {
  const view = useStage((state) => state.view);
  const { label, hint, useContents } = stageView(view);
  // another view is another menu, whose contents are other hooks
  return <PanelMenu key={view} title={label} useContents={useContents ?? ((): PanelContents => ({ about: `${hint ?? label}.`, table: (panel) => tableOfPanel(panel, label) }))} />;
}

/** Errors and the place in time, above everything else. */
function Notices() {
  const session = useSession();
  const error = useTraining((state) => state.error);
  const notice = useTraining((state) => state.notice);
  const failure = useRun((state) => state.recordedFailure);
  const moved = useRun((state) => (state.source === 'live' ? state.live?.header.earlier?.at(-1) : undefined));
  const isBehind = useRun((state) => state.source === 'live' && !state.isFollowing && updateCount(state) > 0);
  const position = useRun((state) => shownRun(state)?.updates[state.position]?.line.update ?? state.position);
  const last = useRun((state) => shownRun(state)?.updates.at(-1)?.line.update ?? 0);
  return (
    <>
      {error === null ? null : <p className="notice" role="alert">{error} <button type="button" className="link" onClick={() => session.training.setState({ error: null })}>Dismiss</button></p>}
      {notice === null ? null : <p className="notice" role="status">{notice} <button type="button" className="link" onClick={() => session.training.setState({ notice: null })}>Dismiss</button></p>}
      <Stopped />
      {failure === null ? null : <p className="notice" role="status">{failure}</p>}
      <UnsavedNotice />
      {moved === undefined ? null : <p className="notice" role="status">Updates up to {moved.until} were made on {moved.adapter} ({moved.executor}). From here on the numbers may differ in their last bits from those of a run that never left it.</p>}
      {isBehind ? <p className="notice" role="status">Viewing update {position} of {last}. <button type="button" className="link" onClick={() => session.followLive()}>Jump to live</button></p> : null}
    </>
  );
}

function Stopped() {
  const message = useTraining(({ status }) => (status.kind === 'stopped' ? status.message : undefined));
  const live = useRun((state) => (message === undefined ? null : state.live));
  const findings = useMemo(() => (live === null ? [] : findingsOf(live)), [live]);
  return message === undefined ? null : <div className="notice" role="alert"><p>{message}</p> <GoBackButton findings={findings} /></div>;
}
