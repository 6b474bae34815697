// How the run goes: reward, accuracy, entropy and KL over updates, a slider through them, one cursor for all.

import { useMemo, useState } from 'react';
import { createStore } from 'zustand/vanilla';
import type { UpdateLine } from '../../lab/record';
import { linesOf, shownRun, updateCount } from '../../state/runStore';
import { useRun, useSession } from '../app/SessionContext';
import { Curve } from './Curve';
import type { CursorStore } from './curveChart';

const CURVES: readonly { readonly id: string; readonly title: string; readonly note: string; readonly bounds: readonly number[]; read(line: UpdateLine): number | null }[] = [
  { id: 'reward', title: 'Reward', note: 'mean of the batch', bounds: [0, 1], read: (line) => line.reward },
  { id: 'accuracy', title: 'Accuracy', note: 'held-out problems', bounds: [0, 1], read: (line) => line.accuracy },
  { id: 'entropy', title: 'Entropy', note: 'nats a token', bounds: [0], read: (line) => line.entropy },
  { id: 'kl', title: 'KL', note: 'to the old or reference policy', bounds: [0], read: (line) => line.kl },
];

export function Curves() {
  const run = useRun(shownRun);
  const selected = useRun((state) => shownRun(state)?.updates[state.position]?.line.update);
  const [cursor] = useState<CursorStore>(() => createStore(() => ({ update: null })));
  const lines = useMemo(() => (run === null ? [] : linesOf(run)), [run]);
  const numbers = useMemo(() => lines.map((line) => line.update), [lines]);
  return (
    <section className="panel curves" aria-labelledby="curvesTitle">
      <div className="curvesHead">
        <h2 id="curvesTitle" className="panelTitle">Run</h2>
        <UpdateSlider />
        <NoSignal />
      </div>
      <div className="curveRow">
        {CURVES.map((curve) => <CurveOf key={curve.id} curve={curve} lines={lines} numbers={numbers} selected={selected} cursor={cursor} />)}
      </div>
    </section>
  );
}

interface CurveOfProps { readonly curve: (typeof CURVES)[number]; readonly lines: readonly UpdateLine[]; readonly numbers: readonly number[]; readonly selected: number | undefined; readonly cursor: CursorStore }

function CurveOf({ curve, lines, numbers, selected, cursor }: CurveOfProps) {
  const session = useSession();
  const values = useMemo(() => lines.map(curve.read), [lines, curve]);
  return <Curve title={curve.title} note={curve.note} bounds={curve.bounds} updates={numbers} values={values} selected={selected} cursor={cursor} onPick={(update) => session.showUpdate(update)} />;
}

function UpdateSlider() {
  const session = useSession();
  const count = useRun(updateCount);
  const position = useRun((state) => state.position);
  const update = useRun((state) => shownRun(state)?.updates[state.position]?.line.update ?? state.position);
  const last = useRun((state) => shownRun(state)?.updates.at(-1)?.line.update ?? 0);
  return (
    <div className="updateSlider">
      <label htmlFor="update">Update</label>
      <input id="update" type="range" min={0} max={Math.max(0, count - 1)} step={1} value={position} disabled={count < 2} aria-valuetext={`update ${update}`}
        onChange={(event) => session.show(Number(event.target.value), 'update')} />
      <output htmlFor="update">{count === 0 ? '' : `${update} of ${Math.max(last, update)}`}</output>
    </div>
  );
}

/** Groups that teach nothing, because every answer scored the same. */
function NoSignal() {
  const share = useRun((state) => shownRun(state)?.updates[state.position]?.line.noSignalShare);
  return share === undefined ? null : <p className="muted noSignal">{Math.round(share * 100)}{'\u202f'}% of the groups give no signal</p>;
}
