// The critique in view: under each answer its steps with every critique's vote, the judge's own words on the selected step,
// how far critiques agree, which flags are right where the exact checker knows, and what voting over fewer would give.

import { useMemo, useState } from 'react';
import { shownRun } from '../../state/runStore';
import { summarise } from '../../viz/critiqueSummary';
import { stepOf, geometryOf } from '../../viz/creditGeometry';
import { useRun, useSession } from '../app/SessionContext';
import { usePanel } from '../app/usePanel';
import { selectedPlace, type Shown } from '../app/useShown';
import { AnswerSteps } from './AnswerSteps';
import { CritiqueSentences } from './CritiqueSentences';
import { JudgeWords } from './JudgeWords';
import { VotingPanel } from './VotingPanel';

interface CritiquePanelProps {
  readonly shown: Shown;
  /** who knows which steps are right, where somebody does */
  readonly checker?: string;
}

export function CritiquePanel({ shown, checker = 'the exact checker' }: CritiquePanelProps) {
  const [isOpen, setIsOpen] = useState(false);
  const panel = usePanel('critique', 'critiquePanel');
  const asked = shown.group.reduce((sum, answer) => sum + (shown.update.critique?.critiques_Nk[answer]?.length ?? 0), 0);
  if (asked === 0) return null;
  return (
    <details {...panel} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>Critique: steps, votes and the judge’s words</summary>
      {isOpen ? <Critique shown={shown} checker={checker} /> : null}
    </details>
  );
}

function Critique({ shown, checker }: Required<CritiquePanelProps>) {
  const session = useSession();
  const selection = useRun((state) => state.selection);
  const rule = useRun((state) => shownRun(state)?.header.configuration.methodParameters['rule']);
  const critique = shown.update.critique!;
  const everyone = useMemo(() => critique.steps_NK.map((_, answer) => answer), [critique]);
  const summary = useMemo(() => summarise(critique, everyone), [critique, everyone]);
  const place = selectedPlace(shown, selection);
  const step = place === undefined ? -1 : stepOf(geometryOf(shown.update), place);
  const select = (row: number, chosen: number): void =>
    session.run.setState({ selection: { answer: row, token: critique.steps_NK[shown.group[row]!]![chosen]![0] } });
  return (
    <>
      <CritiqueSentences summary={summary} judge={critique.judge} checker={checker} />
      <ol className="answersSteps">
        {shown.group.map((answer, row) => (
          <li key={row}>
            <AnswerSteps shown={shown} answer={answer} row={row} selected={place?.answer === answer ? step : -1} onSelect={(chosen) => select(row, chosen)} />
            {place?.answer === answer && step >= 0 ? <JudgeWords critique={critique} answer={answer} step={step} /> : null}
          </li>
        ))}
      </ol>
      <VotingPanel critique={critique} answers={everyone} ruleOfRun={rule} />
    </>
  );
}
