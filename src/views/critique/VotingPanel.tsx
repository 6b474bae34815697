// What voting over k of the critiques would give: a dial for k, a choice of rule, and precision and recall over k for every
// rule, computed from the recorded critiques over all choices of k of them. Needs the exact checker's verdicts.

import { useId, useMemo, useState } from 'react';
import type { CritiqueRecord } from '../../lab/record';
import { judgedSteps } from '../../viz/critiqueSummary';
import { formatShare } from '../../viz/format';
import { RULES, votingCurve, type VotingPoint } from '../../viz/votingCurves';
import { VotingPlot } from './VotingPlot';

interface VotingPanelProps {
  readonly critique: CritiqueRecord;
  readonly answers: readonly number[];
  readonly ruleOfRun: number | string | undefined;
}

export function VotingPanel({ critique, answers, ruleOfRun }: VotingPanelProps) {
  const ids = useId();
  const steps = useMemo(() => judgedSteps(critique, answers), [critique, answers]);
  const curves = useMemo(() => RULES.map((rule) => ({ rule, points: votingCurve(steps, rule) })), [steps]);
  const most = curves[0]?.points.length ?? 0;
  const [wanted, setWanted] = useState<number | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  if (most === 0) return <p className="muted">No checker knows these steps, so nobody can say which flags are right.</p>;
  const k = Math.min(wanted ?? most, most);
  const { rule, points } = curves.find((one) => one.rule === (chosen ?? ruleOfRun)) ?? curves[0]!;
  return (
    <section className="voting" aria-labelledby={`${ids}votingTitle`}>
      <h3 id={`${ids}votingTitle`}>Voting over fewer critiques</h3>
      <div className="votingDials">
        <span className="dial">
          <label htmlFor={`${ids}votingK`}>Critiques k</label>
          <input id={`${ids}votingK`} type="range" min={1} max={most} step={1} value={k} onChange={(event) => setWanted(Number(event.target.value))} />
          <output htmlFor={`${ids}votingK`}>{k} of {most}</output>
        </span>
        <span className="dial">
          <label htmlFor={`${ids}votingRule`}>Rule</label>
          <select id={`${ids}votingRule`} value={rule} onChange={(event) => setChosen(event.target.value)}>
            {RULES.map((one) => <option key={one} value={one}>{one.replaceAll('_', ' ')}{one === ruleOfRun ? ' (this run)' : ''}</option>)}
          </select>
        </span>
      </div>
      <p role="status">{sentenceOf(points[k - 1]!, steps.length, steps.filter(({ isWrong }) => isWrong).length)}</p>
      <div className="votingPlots">
        <VotingPlot title="Precision" curves={curves} read={({ precision }) => precision} k={k} chosen={rule} />
        <VotingPlot title="Recall" curves={curves} read={({ recall }) => recall} k={k} chosen={rule} />
      </div>
    </section>
  );
}

function sentenceOf({ k, precision, recall }: VotingPoint, steps: number, wrong: number): string {
  const found = Number.isNaN(recall) ? 'there is none to find' : `${formatShare(recall)} of the wrong ones are flagged`;
  const right = Number.isNaN(precision) ? 'nothing is ever flagged' : `${formatShare(precision)} of its flags are right`;
  return `With ${k} ${k === 1 ? 'critique' : 'critiques'}, on average over all ways to choose them: ${right}; of ${steps} steps ${wrong} are wrong, and ${found}.`;
}
