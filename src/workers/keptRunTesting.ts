// For tests: a run of a tiny model on the processor, everything about it seeded, and what keeps it.

import { writeHuggingFaceConfig } from '../formats/huggingFaceConfig';
import { writeSafetensors } from '../formats/safetensors';
import { writeTokenizer } from '../formats/tokenizerFile';
import { CpuExecutor } from '../gpu/cpuExecutor';
import type { Executor } from '../gpu/executor';
import type { RunConfiguration } from '../lab/configuration';
import { initialWeights } from '../lab/initialWeights';
import { makeEnginePolicy } from '../lab/makeEnginePolicy';
import { prepareRun } from '../lab/prepareRun';
import { readConfiguration } from '../lab/readConfiguration';
import type { Run } from '../lab/run';
import type { RunState } from '../lab/runState';
import type { ModelConfig } from '../model/config';
import { taskFamily } from '../tasks';
import type { FakeFolder, FakeLocks } from './privateFileTesting';
import { SavedRuns } from './savedRuns';

export const KEPT_CONFIGURATION = readConfiguration({
  method: 'capo', problemsPerUpdate: 2, answersPerProblem: 3, testProblems: 3, testEvery: 2, critic: { falsePositive: 0.2 },
  loss: { klKind: 'k3', klWeight: 0.1, entropyBonus: 0.05 }, optimizer: { schedule: 'cosine', warmupUpdates: 2, scheduleUpdates: 6, learningRate: 0.01 },
});

const { alphabet } = taskFamily(KEPT_CONFIGURATION.task).create(KEPT_CONFIGURATION.taskOptions);
const model: ModelConfig = {
  family: 'llama', hiddenSize: 8, layers: 1, heads: 2, kvHeads: 1, headDim: 4, intermediateSize: 12, vocabularySize: alphabet.length,
  ropeTheta: 10_000, rmsNormEpsilon: 1e-6, isTied: false, hasAttentionBias: false, hasQkNorm: false, maximumPositions: 64,
};
const encoder = new TextEncoder();
const files: Record<string, Uint8Array> = {
  'config.json': encoder.encode(writeHuggingFaceConfig(model, { padding: 0, stop: 1 })),
  'model.safetensors': writeSafetensors(initialWeights(model, 1)),
  'tokenizer.json': encoder.encode(writeTokenizer(alphabet.slice(2))),
};

export const prepareTiny = (configuration: RunConfiguration, executor: Executor = new CpuExecutor({ useSimd: true }), resumed?: RunState): Promise<Run> => prepareRun({
  configuration, executor, makePolicy: makeEnginePolicy, files: async (name) => files[name] ?? Promise.reject(new Error(`no ${name}`)), watchedAnswers: 0, clock: () => 0, resumed,
});

/** As one tab has them. */
export function savedRunsIn(root: FakeFolder, locks: FakeLocks, names = 'run'): SavedRuns {
  let made = 0;
  return new SavedRuns({ root: async () => root.handle(), locks, newId: () => `${names}-${++made}`, lockWaitMs: 20 });
}
