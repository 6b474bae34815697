// The six phases of an update, marked as far as the view shows, and one sentence of what the last of them did. While the
// reader goes phase by phase the sentence is also read out, and the numbers of the phase are one press away.

import { useMemo } from 'react';
import { reachedPhase } from '../../state/runStore';
import { PHASES, PHASE_TITLES, PHASE_VIEWS } from '../../viz/phases';
import { phaseSentence } from '../../viz/phaseSentence';
import { useRun, useSession, useTraining } from '../app/SessionContext';
import type { Shown } from '../app/useShown';
import { usePhaseFlow } from './usePhaseFlow';

export function PhaseStrip({ shown }: { readonly shown: Shown }) {
  const session = useSession();
  const phase = useRun((state) => state.phase);
  const reached = useRun(reachedPhase);
  const position = useRun((state) => state.position);
  const isByPhase = useRun((state) => state.isByPhase);
  const running = useTraining((state) => state.running?.phase);
  usePhaseFlow(phase, position, isByPhase);
  const { update, problem } = shown;
  const sentence = useMemo(() => phaseSentence(update, phase, problem) ?? 'This phase is not recorded.', [update, phase, problem]);
  const own = shown.channels.find(({ id }) => id === PHASE_VIEWS[phase].channel);
  return (
    <div className="phases">
      <ol className="phaseStrip" aria-label="Phases of the update">
        {PHASES.map((one, index) => {
          const isShown = index <= PHASES.indexOf(phase);
          return (
            <li key={one} className={`phase${isShown ? ' isShown' : ''}${one === running ? ' isRunning' : ''}`}>
              <button type="button" aria-current={one === phase ? 'step' : undefined} disabled={index > PHASES.indexOf(reached)} onClick={() => session.show(position, one, true)}>{PHASE_TITLES[one]}</button>
            </li>
          );
        })}
      </ol>
      <p className="phaseSentence">
        {sentence}
        {!isByPhase || own === undefined || own === shown.channel ? null : (
          <> <button type="button" className="link" onClick={() => session.run.setState({ channel: own.id, locked: null })}>Paint: {own.label.toLowerCase()}</button></>
        )}
      </p>
      <p className="spoken" role="status" aria-live="polite">{isByPhase ? `${PHASE_TITLES[phase]}: ${sentence}` : ''}</p>
    </div>
  );
}
