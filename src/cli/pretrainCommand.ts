// `npm run lab -- pretrain`: makes the policy that runs of a task start from, public/models/<task>. It is taught on worked
// solutions in which each step is wrong with probability 0.25. Same seed, adapter and kernels: same bytes.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeHuggingFaceConfig } from '../formats/huggingFaceConfig';
import { writeSafetensors } from '../formats/safetensors';
import { writeTokenizer, writeTokenizerConfig } from '../formats/tokenizerFile';
import { heldOutProblems, testAccuracy } from '../lab/heldOut';
import { initialWeights } from '../lab/initialWeights';
import { makeEnginePolicy } from '../lab/makeEnginePolicy';
import type { PolicyModel } from '../lab/policyModel';
import { readConfiguration } from '../lab/readConfiguration';
import { teachStep } from '../lab/teach';
import type { ModelConfig } from '../model/config';
import { taskFamily, TASKS } from '../tasks';
import { FIRST_CHARACTER_TOKEN, PADDING_TOKEN, STOP_TOKEN } from '../tasks/task';
import { choiceOf, helpOf, parseArguments, textOf, wholeNumberOf } from './arguments';
import { EXECUTOR_OPTION, executorChoice, openExecutor } from './openExecutor';
import { callersPath, MODELS } from './places';
import { ProgressBar } from './progressBar';

const OPTIONS = {
  task: { value: 'NAME', help: 'what it is taught (chain)' },
  steps: { value: 'N', help: 'batches of 64 solutions (700)' },
  seed: { value: 'N', help: 'seed of weights and problems (1)' },
  out: { value: 'DIR', help: `folder to write (${MODELS}/<task>)` },
  // the processor computes the same everywhere, so that everyone gets the same policy
  executor: { ...EXECUTOR_OPTION, help: 'where it runs (cpu)' },
};
export const PRETRAIN_HELP = helpOf('pretrain', OPTIONS);

const STEPS = 700;
const BATCH = 64;
const STEP_ERROR_PROBABILITY = 0.25;
const TEST_EVERY = 175;

export async function pretrainCommand(args: readonly string[]): Promise<void> {
  const given = parseArguments(args, OPTIONS);
  const task = taskFamily(choiceOf(given, 'task', TASKS.map(({ name }) => name)) ?? 'chain').create();
  const steps = wholeNumberOf(given, 'steps', 1, 1_000_000) ?? STEPS;
  const seed = wholeNumberOf(given, 'seed', 0, 2 ** 32 - 1) ?? 1;
  const out = textOf(given, 'out');
  const folder = out === undefined ? join(MODELS, task.name) : callersPath(out);
  const choice = executorChoice(given, 'cpu');
  const say = (sentence: string) => process.stderr.write(`${sentence}\n`);

  const config = policyConfig(task.alphabet.length);
  const executor = await openExecutor(choice, say);
  const bar = new ProgressBar(steps);
  const started = performance.now();
  const model = await makeEnginePolicy(
    executor, config,
    { promptLength: task.maximumPromptLength, answerLength: task.maximumAnswerLength, prompts: BATCH, answersPerPrompt: 1, microbatchAnswers: 0 },
    (done, total) => bar.show(0, `preparing kernels ${done}/${total}`),
  );
  model.loadWeights(initialWeights(config, seed));
  const configuration = readConfiguration({ seed });
  const heldOut = heldOutProblems(task, configuration.testProblems);
  const settings = { seed, steps, batch: BATCH, stepErrorProbability: STEP_ERROR_PROBABILITY, learningRate: 3e-3, warmupSteps: 50, leastRatio: 0.05 };
  for (let step = 0; step < steps; step++) {
    const loss = await teachStep(task, model, settings, step);
    bar.show(step + 1, `loss ${loss.toFixed(3)}`);
    if ((step + 1) % TEST_EVERY !== 0 && step + 1 !== steps) continue;
    const accuracy = await testAccuracy(task, model, heldOut, configuration, step + 1);
    bar.clear();
    say(`step ${step + 1}: loss ${loss.toFixed(4)}, sampled accuracy on ${heldOut.length} held-out problems ${(100 * accuracy).toFixed(1)} %, ${((performance.now() - started) / 1000).toFixed(0)} s`);
  }
  await writePolicy(folder, config, model, task.alphabet.slice(FIRST_CHARACTER_TOKEN));
  say(`Wrote ${folder}.`);
  executor.destroy();
}

/** About 160 thousand parameters. */
function policyConfig(vocabularySize: number): ModelConfig {
  return {
    family: 'llama', hiddenSize: 64, layers: 3, heads: 4, kvHeads: 4, headDim: 16, intermediateSize: 192, vocabularySize,
    ropeTheta: 10_000, rmsNormEpsilon: 1e-6, isTied: false, hasAttentionBias: false, hasQkNorm: false, maximumPositions: 128,
  };
}

async function writePolicy(folder: string, config: ModelConfig, model: PolicyModel, characters: readonly string[]): Promise<void> {
  const tensors = await model.readWeights();
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'config.json'), writeHuggingFaceConfig(config, { padding: PADDING_TOKEN, stop: STOP_TOKEN }));
  writeFileSync(join(folder, 'model.safetensors'), writeSafetensors(tensors));
  writeFileSync(join(folder, 'tokenizer.json'), writeTokenizer(characters));
  writeFileSync(join(folder, 'tokenizer_config.json'), writeTokenizerConfig(config.maximumPositions));
}
