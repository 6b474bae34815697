// What follows when the training worker is gone. Another stands in its place and knows of no run: it takes the live one over from what the
// browser keeps of it, else from where that run came from. After the second crash within a minute it does so on the processor, after the
// third not at all.

import type { RunHeader, UpdateRecord } from '../lab/record';
import type { CommandBody } from '../workers/protocol';
import { createCrashMemory } from './crashMemory';
import type { ConfigurationStore } from './configurationStore';
import { latestConfiguration } from './interventions';
import type { TrainingStore } from './trainingStore';

/** Asks for a run. */
export type RunWish = Extract<CommandBody, { kind: 'start' | 'resume' | 'resumeFile' | 'goBack' }>;

/** The run that the failed worker had, or was making ready. */
export interface LostRun {
  /** what it came from */
  readonly wish: RunWish;
  /** its name where the browser keeps it */
  readonly keptAs: string | undefined;
  /** what the page holds of it */
  readonly updates: readonly UpdateRecord[];
}

export function createTakeover(training: TrainingStore, configuration: ConfigurationStore, now: () => number) {
  const countCrash = createCrashMemory(now);
  /** what to tell when the new worker has the run, and what the page holds of that */
  let underWay: { readonly message: string; readonly updates: readonly UpdateRecord[] } | null = null;

  /** What to ask the new worker for; null where the run is over. */
  function begin(message: string, { wish, keptAs, updates }: LostRun): CommandBody | null {
    const recent = countCrash();
    if (recent >= 2) {
      training.setState({ notice: null, status: { kind: 'stopped', reason: 'crashed', message: `${message} It was the third time within a minute. Reset to start again.` } });
      return null;
    }
    underWay = { message, updates };
    training.setState({ status: { kind: 'preparing', done: 0, total: 0 }, error: null });
    return { ...again(keptAs, wish), ...(recent === 1 && { noGpuBecause: 'The training worker failed twice within a minute.' }) };
  }

  function again(keptAs: string | undefined, wish: RunWish): CommandBody {
    if (keptAs !== undefined) return { kind: 'resume', id: keptAs };
    const { applied } = configuration.getState();
    // settings may have been changed on its way, and of what a run went back to the new worker holds nothing
    return wish.kind === 'resume' || wish.kind === 'resumeFile' || applied === null ? wish : { kind: 'start', configuration: applied };
  }

  /** A run is ready: where it is the one that is taken over, tells so and returns what the page holds of it. */
  function complete(header: RunHeader, updates: number | undefined): readonly UpdateRecord[] | undefined {
    if (underWay === null) return undefined;
    const { message, updates: shown } = underWay;
    underWay = null;
    training.setState({ notice: `${message} ${updates === undefined ? 'The run begins anew' : `Training is back at update ${updates} and goes on`} in a new worker.` });
    // the setup stays as it is: a change that the crash swallowed is one to apply again
    configuration.setState({ applied: latestConfiguration(header) });
    return shown;
  }

  return { begin, complete, forget: (): void => { underWay = null; } };
}
