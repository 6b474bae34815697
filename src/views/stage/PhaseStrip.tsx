// The six phases of an update, lit as far as the view shows, and one sentence of what the last of them did.

import { reachedPhase } from '../../state/runStore';
import { PHASES, PHASE_TITLES } from '../../viz/phases';
import { phaseSentence } from '../../viz/phaseSentence';
import { useRun, useSession, useTraining } from '../app/SessionContext';
import type { Shown } from '../app/useShown';

export function PhaseStrip({ shown }: { readonly shown: Shown }) {
  const session = useSession();
  const phase = useRun((state) => state.phase);
  const reached = useRun(reachedPhase);
  const position = useRun((state) => state.position);
  const isTraining = useTraining((state) => state.status.kind === 'training' || state.status.kind === 'replaying');
  const running = useTraining((state) => state.running?.phase);
  const sentence = phaseSentence(shown.update, phase, shown.problem);
  return (
    <div className="phases">
      <ol className="phaseStrip" aria-label="Phases of the update">
        {PHASES.map((one, index) => {
          const isShown = index <= PHASES.indexOf(phase);
          return (
            <li key={one} className={`phase${isShown ? ' isShown' : ''}${one === running ? ' isRunning' : ''}`}>
              <button type="button" aria-current={one === phase ? 'step' : undefined} disabled={index > PHASES.indexOf(reached)} onClick={() => session.show(position, one)}>{PHASE_TITLES[one]}</button>
            </li>
          );
        })}
      </ol>
      <p className="phaseSentence" role="status" aria-live={isTraining ? 'off' : 'polite'}>{sentence ?? 'This phase is not recorded.'}</p>
    </div>
  );
}
