// Every setting of a run besides task, policy and method, once: path, label, bounds. The configuration's reader
// checks by this table, the setup panel is drawn from it. Defaults are those of the first preset.

import { BUILT_IN, KNOWN_MODELS, MODEL_NAME } from '../critics/model/modelSettings';
import type { Option } from '../tasks/task';
import { JUDGES } from './configuration';

const count = (name: string, label: string, value: number, minimum: number, maximum: number): Option => ({ name, label, default: value, minimum, maximum, isInteger: true });
const number = (name: string, label: string, value: number, minimum: number, maximum: number): Option => ({ name, label, default: value, minimum, maximum });
const choice = (name: string, label: string, value: string, choices: readonly string[]): Option => ({ name, label, default: value, choices });

export const SETTINGS: readonly Option[] = [
  count('seed', 'Seed', 1, 0, 2 ** 32 - 1),
  count('problemsPerUpdate', 'Problems an update', 32, 1, 1024),
  count('answersPerProblem', 'Answers a problem', 8, 1, 64),
  count('microbatchAnswers', 'Answers a micro-batch (0 = automatic)', 0, 0, 65_536),
  number('sampling.temperature', 'Temperature', 1, 0.05, 5),
  count('sampling.topK', 'Top-k (0 = off)', 0, 0, 65_536),
  number('sampling.topP', 'Top-p (1 = off)', 1, 0.01, 1),
  number('sampling.minP', 'Min-p (0 = off)', 0, 0, 0.99),
  number('loss.clipLow', 'Clip low', 0.2, 0, 1),
  number('loss.clipHigh', 'Clip high', 0.2, 0, 10),
  number('loss.dualClip', 'Dual clip (0 = off)', 0, 0, 100),
  choice('loss.aggregation', 'Aggregation', 'token-mean', ['token-mean', 'seq-mean-token-mean', 'seq-mean-token-sum', 'seq-mean-token-sum-norm', 'dr_grpo']),
  choice('loss.klKind', 'KL estimator', 'k3', ['none', 'k1', 'k2', 'k3']),
  number('loss.klWeight', 'KL weight', 0, 0, 10),
  number('loss.entropyBonus', 'Entropy bonus', 0, -1, 1),
  count('loss.epochs', 'Epochs an update', 1, 1, 16),
  count('loss.minibatches', 'Mini-batches an epoch', 1, 1, 256),
  number('optimizer.learningRate', 'Learning rate', 1e-3, 0, 1),
  number('optimizer.beta1', 'Beta 1', 0.9, 0, 0.9999),
  number('optimizer.beta2', 'Beta 2', 0.95, 0, 0.99999),
  number('optimizer.epsilon', 'Epsilon', 1e-8, 1e-12, 1),
  number('optimizer.weightDecay', 'Weight decay', 0, 0, 1),
  number('optimizer.maximumGradientNorm', 'Gradient norm limit (0 = off)', 1, 0, 1e6),
  choice('optimizer.schedule', 'Learning-rate schedule', 'constant', ['constant', 'linear', 'cosine']),
  count('optimizer.warmupUpdates', 'Warm-up updates', 0, 0, 100_000),
  count('optimizer.scheduleUpdates', 'Length of the schedule', 60, 1, 1_000_000),
  choice('critic.judge', 'Judge', 'exact', JUDGES),
  { name: 'critic.model', label: 'Model', default: BUILT_IN, pattern: { source: MODEL_NAME.source, says: `built-in, folder, or an id on Hugging Face such as ${KNOWN_MODELS[0]}` } },
  count('critic.critiques', 'Critiques an answer', 4, 1, 32),
  number('critic.falsePositive', 'Chance to flag a right step', 0, 0, 1),
  number('critic.falseNegative', 'Chance to miss a wrong step', 0, 0, 1),
  number('critic.missing', 'Chance that a critique is missing', 0, 0, 1),
  count('testEvery', 'Updates between tests', 10, 1, 100_000),
  count('testProblems', 'Held-out problems', 256, 1, 4096),
];
