// How the run goes: curves over updates with a slider through them and one cursor for all, marks where something calls
// for a look, and the same findings as a list.

import { useMemo, useState } from 'react';
import { createStore } from 'zustand/vanilla';
import type { UpdateLine, UpdateRecord } from '../../lab/record';
import { hasReference } from '../../state/configurationStore';
import { linesOf, shownRun, updateCount } from '../../state/runStore';
import type { UpdateRange } from '../../viz/curveLayout';
import { diagnose, type Finding } from '../../viz/diagnosis';
import { Control } from '../app/Control';
import { PanelMenu } from '../app/PanelMenu';
import { useRun, useSession } from '../app/SessionContext';
import { isShut } from '../app/shutCommands';
import { usePanel } from '../app/usePanel';
import { useCurvesContents } from '../export/useCurvesContents';
import { HiddenTimes } from '../timeline/HiddenTimes';
import { Curve } from './Curve';
import type { CursorStore } from './curveChart';
import { CurveZoom } from './CurveZoom';
import { Findings } from './Findings';
import { Interventions } from './Interventions';
import { ProfilePanel } from './ProfilePanel';
import { advancedSeries, mainSeries, moreSeries, valuesOf, type Series } from './series';

export function Curves() {
  const run = useRun(shownRun);
  const panel = usePanel('curves', 'panel curves');
  const selected = useRun((state) => shownRun(state)?.updates[state.position]?.line.update);
  const [cursor] = useState<CursorStore>(() => createStore(() => ({ update: null })));
  const [zoom, setZoom] = useState<UpdateRange>();
  const [isOpen, setIsOpen] = useState(false);
  const lines = useMemo(() => (run === null ? [] : linesOf(run)), [run]);
  const numbers = useMemo(() => lines.map((line) => line.update), [lines]);
  const withReference = run !== null && hasReference(run.header.configuration);
  const findings = useMemo(() => diagnose(lines, { hasReference: withReference }), [lines, withReference]);
  const main = useMemo(() => mainSeries({ hasReference: withReference }), [withReference]);
  const more = useMemo(() => moreSeries(lines), [lines]);
  const advanced = useMemo(() => advancedSeries(lines), [lines]);
  const last = numbers.at(-1) ?? 0;
  // it stays as new updates come, and ends with the run that it was of
  const range = zoom !== undefined && zoom[0] < last ? zoom : undefined;
  const draw = (series: Series) => (
    <CurveOf key={series.id} series={series} lines={lines} numbers={numbers} records={run?.updates ?? NONE} findings={findings} selected={selected} cursor={cursor} range={range} onZoom={setZoom} />
  );
  return (
    <section {...panel} aria-labelledby="curvesTitle">
      <div className="curvesHead">
        <h2 id="curvesTitle" className="panelTitle">Run</h2>
        <Control id="slider"><UpdateSlider /></Control>
        <CurveZoom range={range} last={last} onZoom={setZoom} />
        <NoSignal />
        <PanelMenu title="Run" useContents={useCurvesContents} />
      </div>
      <div className="curveRow">{main.map(draw)}</div>
      <Findings findings={findings} lastUpdate={last} />
      <Interventions />
      <HiddenTimes />
      <details className="moreCurves" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
        <summary>More curves: signal, sampler gap, loss, gradient</summary>
        {isOpen ? (
          <>
            <div className="curveRow">{more.map(draw)}</div>
            <h3>Advanced</h3>
            <p className="fieldNote">The loss is no measure of success: where answers are compared with each other it starts near zero by construction, because praise and blame cancel. Look at reward and accuracy instead.</p>
            <div className="curveRow">{advanced.map(draw)}</div>
          </>
        ) : null}
      </details>
      <ProfilePanel />
    </section>
  );
}

const NONE: readonly UpdateRecord[] = [];

interface CurveOfProps {
  readonly series: Series;
  readonly lines: readonly UpdateLine[];
  readonly numbers: readonly number[];
  readonly findings: readonly Finding[];
  readonly selected: number | undefined;
  readonly cursor: CursorStore;
  readonly records: readonly UpdateRecord[];
  readonly range: UpdateRange | undefined;
  onZoom(range: UpdateRange): void;
}

function CurveOf({ series, lines, numbers, findings, selected, cursor, records, range, onZoom }: CurveOfProps) {
  const session = useSession();
  const values = useMemo(() => valuesOf(series, lines, records), [series, lines, records]);
  const band = useMemo(() => (series.band === undefined ? [] : records.map(series.band)), [records, series]);
  const marks = useMemo(() => findings.filter(({ curve }) => curve === series.id), [findings, series]);
  const interventions = useRun((state) => shownRun(state)?.header.interventions);
  const changes = useMemo(() => (interventions ?? []).map(({ update }) => update), [interventions]);
  return (
    <Curve title={series.title} note={series.note} about={series.about} bounds={series.bounds} updates={numbers} values={values} marks={marks} changes={changes} selected={selected} cursor={cursor} band={band} range={range} onZoom={onZoom}
      onPick={(update) => { if (!isShut(session, 'slider')) session.showUpdate(update); }} />
  );
}

function UpdateSlider() {
  const session = useSession();
  const count = useRun(updateCount);
  const position = useRun((state) => state.position);
  const update = useRun((state) => shownRun(state)?.updates[state.position]?.line.update ?? state.position);
  const last = useRun((state) => shownRun(state)?.updates.at(-1)?.line.update ?? 0);
  // there is nowhere to slide to
  if (count < 2) return <p className="updateSlider">{count === 0 ? '' : `Update ${update}`}</p>;
  return (
    <div className="updateSlider">
      <label htmlFor="update">Update</label>
      <input id="update" type="range" min={0} max={count - 1} step={1} value={position} aria-valuetext={`update ${update}`}
        onChange={(event) => session.show(Number(event.target.value), 'update')} />
      <output htmlFor="update">{update} of {Math.max(last, update)}</output>
    </div>
  );
}

/** Groups that teach nothing, because every answer scored the same. */
function NoSignal() {
  const share = useRun((state) => shownRun(state)?.updates[state.position]?.line.noSignalShare);
  return share === undefined ? null : <p className="muted noSignal">{Math.round(share * 100)}{'\u202f'}% of the groups give no signal</p>;
}
