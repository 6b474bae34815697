// Where the time of an update goes: a bar a phase, in the lane of the worker that does it. One update, ten of them or the whole run under
// one scale; arrows move to another update, which every view then shows.

import { useMemo, useState } from 'react';
import { linesOf, shownRun } from '../../state/runStore';
import { formatNumber, formatShare } from '../../viz/format';
import { LANES, secondsOf, TIMED_PHASES, TIMED_TITLES, timelineSentence, zoomedLines, type TimelineZoom } from '../../viz/phaseTimeline';
import { AsTable } from '../app/AsTable';
import { useRun, useTraining } from '../app/SessionContext';
import { EmptyStage } from '../stage/EmptyStage';
import { HiddenTimes } from './HiddenTimes';
import { TimelineRows } from './TimelineRows';

const ZOOMS: Readonly<Record<TimelineZoom, string>> = { one: 'One update', ten: 'Ten', all: 'Whole run' };

export function TimelineView() {
  const run = useRun(shownRun);
  const shown = useRun((state) => shownRun(state)?.updates[state.position]?.line.update);
  const profile = useTraining((state) => state.profile);
  const [zoom, setZoom] = useState<TimelineZoom>('one');
  const lines = useMemo(() => (run === null ? [] : linesOf(run)), [run]);
  const inSight = useMemo(() => zoomedLines(lines, shown, zoom), [lines, shown, zoom]);
  if (inSight.length === 0) return <EmptyStage />;
  const hasValueModel = inSight.some(({ explainedVariance }) => explainedVariance !== null);
  const timed = inSight.length === 1 && profile?.update === inSight[0]!.update ? profile.kernels : null;
  return (
    <div className="timelineView" data-panel="timeline">
      <div className="timelineHead">
        <h3>Phases and workers</h3>
        <div className="segments" role="group" aria-label="How many updates">
          {Object.entries(ZOOMS).map(([id, label]) => <button key={id} type="button" aria-pressed={id === zoom} onClick={() => setZoom(id as TimelineZoom)}>{label}</button>)}
        </div>
      </div>
      <p className="timelineSentence">{timelineSentence(inSight)}</p>
      <TimelineRows lines={inSight} shown={shown} />
      <HiddenTimes />
      <ul className="timelineKey" aria-label="What the bars are">
        {TIMED_PHASES.map((phase) => <li key={phase}><i className={`phaseBar phase-${phase}`} aria-hidden="true" />{TIMED_TITLES[phase]}</li>)}
        {hasValueModel ? <li><i className="phaseBar isAlongside" aria-hidden="true" />{LANES.critics} beside the policy, at most so long</li> : null}
      </ul>
      <p className="fieldNote">Upper lane: the policy’s worker. Lower lane: the critics’. Phases wait for each other, so a gap above a bar below is the policy waiting. A run made without workers did the same work in one place.</p>
      {inSight.length === 1 ? (
        <AsTable caption={`Update ${inSight[0]!.update}: seconds by phase`} head={['Phase', 'Worker', 'Seconds', 'Share', ...(timed === null ? [] : ['In kernels'])]}
          rows={() => TIMED_PHASES.map((phase) => [
            TIMED_TITLES[phase], phase === 'critique' ? LANES.critics : LANES.policy, formatNumber(inSight[0]!.seconds[phase]), formatShare(inSight[0]!.seconds[phase] / secondsOf(inSight[0]!)),
            ...(timed === null ? [] : [`${formatNumber(timed.reduce((sum, kernel) => sum + (kernel.phase === phase ? kernel.ms : 0), 0))} ms`]),
          ])} />
      ) : (
        <AsTable caption="Seconds by update and phase" head={['Update', ...TIMED_PHASES.map((phase) => TIMED_TITLES[phase]), 'Together']}
          rows={() => inSight.map((line) => [String(line.update), ...TIMED_PHASES.map((phase) => formatNumber(line.seconds[phase])), formatNumber(secondsOf(line))])} />
      )}
    </div>
  );
}
