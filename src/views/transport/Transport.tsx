// Play, steps, back, reset, and what the worker is doing in words.

import type { ReactNode } from 'react';
import { updateCount } from '../../state/runStore';
import { isBusy, isPlaying, type Status } from '../../state/trainingStore';
import type { CommandId } from '../app/commands';
import { findCommand } from '../app/commands';
import { Control } from '../app/Control';
import { Icon } from '../app/Icon';
import { useConfiguration, useRun, useSaved, useSession, useTraining } from '../app/SessionContext';
import { useKeyWords } from '../app/useKeyWords';
import { StepMenu } from './StepMenu';

export function Transport() {
  const session = useSession();
  const { hintOf } = useKeyWords();
  const status = useTraining((state) => state.status);
  const backend = useTraining((state) => state.backend.kind);
  const hasConfiguration = useConfiguration((state) => state.configuration !== null);
  const hasRecorded = useRun((state) => state.recorded !== null);
  const isAtStart = useRun((state) => state.position === 0 && (state.phase === 'update' || state.phase === 'sample'));
  const isAtEnd = useRun((state) => state.position >= updateCount(state) - 1);
  const canTrain = hasConfiguration && backend !== 'replay' && status.kind !== 'stopped';
  const canPlay = status.kind !== 'preparing' && status.kind !== 'stepping' && status.kind !== 'pausing' && (canTrain || (backend === 'replay' && hasRecorded));
  const canStep = status.kind !== 'replaying' && (!isAtEnd || (canTrain && !isBusy(status)));
  return (
    <div className="transport" role="group" aria-label="Training">
      <CommandButton id="back" isEnabled={!isAtStart}><Icon name="back" /><span className="buttonText">Back</span></CommandButton>
      <Control id="play"><button type="button" className="primary" title={hintOf('play', playWords(status, backend))} disabled={!canPlay} onClick={() => session.togglePlay()}>
        <Icon name={isPlaying(status) ? 'pause' : 'play'} />{isPlaying(status) ? 'Pause' : 'Play'}
      </button></Control>
      <CommandButton id="nextPhase" isEnabled={canStep || !isAtEnd}><Icon name="nextPhase" /><span className="buttonText">Next phase</span></CommandButton>
      <CommandButton id="nextUpdate" isEnabled={canStep}><Icon name="nextUpdate" /><span className="buttonText">Next update</span></CommandButton>
      <Control id="stepMenu"><StepMenu canStep={{ nextPhase: canStep || !isAtEnd, nextUpdate: canStep, back: !isAtStart }} /></Control>
      <Control id="reset"><button type="button" className="iconButton resetButton" title="Reset: drop the live run and start again" onClick={() => session.reset()}><Icon name="reset" /><span className="spoken">Reset</span></button></Control>
      <StatusText />
    </div>
  );
}

function CommandButton({ id, isEnabled, children }: { readonly id: CommandId; readonly isEnabled: boolean; readonly children: ReactNode }) {
  const session = useSession();
  const { hintOf } = useKeyWords();
  return <Control id={id}><button type="button" title={hintOf(id)} disabled={!isEnabled} onClick={() => findCommand(id).perform(session)}>{children}</button></Control>;
}

function StatusText() {
  const status = useTraining((state) => state.status);
  const running = useTraining((state) => state.running);
  const saved = useSaved((state) => (state.kept !== null && 'update' in state.kept ? state.kept.update : undefined));
  return (
    <p className="statusText" data-status={status.kind} title={saved === undefined ? undefined : `Saved at update ${saved}: this browser keeps the run, and after a reload you can continue it`}>
      <span>{statusWords(status, running?.update)}</span>
      {/* a second line would make the bar higher as soon as a run is saved */}
      {saved === undefined ? null : <span className="spoken">Saved at update {saved}</span>}
    </p>
  );
}

function statusWords(status: Status, update: number | undefined): string {
  switch (status.kind) {
    case 'idle': return '';
    case 'preparing': return status.total > 0 ? `Preparing kernels ${status.done} of ${status.total}` : 'Preparing';
    case 'training': return update === undefined ? 'Training' : `Training, update ${update}`;
    case 'stepping': return 'Working';
    case 'pausing': return 'Pausing';
    case 'paused': return 'Paused';
    case 'replaying': return 'Replaying';
    case 'stopped': return 'Stopped';
    default: return status satisfies never;
  }
}

function playWords(status: Status, backend: string): string {
  if (isPlaying(status)) return 'Pause';
  return backend === 'replay' ? 'Play the recorded run' : 'Train here, with this setup';
}
