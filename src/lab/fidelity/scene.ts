// One batch to compare methods on: the start policy of a configuration answers problems, the verifier, the checker and the critics
// look at them, and, where a method asks for values, a value model is taught on other batches first.

import type { Task } from '../../tasks/task';
import type { RunConfiguration } from '../configuration';
import { critique } from '../phases/critique';
import type { RunContext } from '../phases/context';
import { sample } from '../phases/sample';
import { score } from '../phases/score';
import type { PolicyModel } from '../policyModel';
import type { SampleRecord, ScoreRecord } from '../record';
import { forEachToken } from '../rows';
import type { Scene } from '../signals/provider';
import type { ValueCritic } from '../valueCritic';

/** Far from the updates that a value model is taught on. */
const UPDATE = 1_000_000;

export interface SceneParts {
  readonly configuration: RunConfiguration;
  readonly task: Task;
  readonly model: PolicyModel;
  readonly continuer: Scene['continuer'];
  readonly values?: ValueCritic;
}

export async function makeScene({ configuration, task, model, continuer, values }: SceneParts): Promise<Scene> {
  const context = { configuration, task, model, watchedAnswers: 0 } as RunContext;
  const sampled = await sample(context, UPDATE);
  const { record: scored } = await score(context, UPDATE, sampled);
  return {
    configuration, task, model, update: UPDATE, sample: sampled, score: scored, hasValueModel: values !== undefined,
    critique: critique(task, configuration.critic, configuration.seed, UPDATE, sampled),
    ...(values !== undefined && { values_NT: await values.score(sampled, UPDATE) }),
    continuer,
  };
}

/** The value model learns the outcome (the return of gamma = lambda = 1) on batches of the frozen policy; resolves to its last explained variance. */
export async function teachValues({ configuration, task, model }: Pick<SceneParts, 'configuration' | 'task' | 'model'>, values: ValueCritic, batches: number, onProgress?: (batch: number) => void): Promise<number | null> {
  const context = { configuration, task, model, watchedAnswers: 0 } as RunContext;
  let explained: number | null = null;
  for (let update = 1; update <= batches; update++) {
    const sampled = await sample(context, update);
    const { record } = await score(context, update, sampled);
    ({ explainedVariance: explained } = await values.learn(sampled, update, await values.score(sampled, update), outcomeAtEveryToken(sampled, record)));
    onProgress?.(update);
  }
  return explained;
}

function outcomeAtEveryToken({ lengths_N, width, answers }: SampleRecord, { outcome_N }: ScoreRecord): Float32Array {
  const targets_NT = new Float32Array(answers * width);
  forEachToken(lengths_N, width, (i, n) => { targets_NT[i] = outcome_N[n]!; });
  return targets_NT;
}
