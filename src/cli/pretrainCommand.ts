// `npm run lab -- pretrain`: makes a policy that runs start from, public/models/<policy>. It is taught on worked solutions
// some of whose steps are wrong. Same seed, adapter and kernels: same bytes. Other task options make another policy,
// which needs a folder of its own.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeHuggingFaceConfig } from '../formats/huggingFaceConfig';
import { writeSafetensors } from '../formats/safetensors';
import { writeTokenizer, writeTokenizerConfig } from '../formats/tokenizerFile';
import { heldOutProblems, testAccuracy } from '../lab/heldOut';
import { initialWeights } from '../lab/initialWeights';
import { makeEnginePolicy } from '../lab/makeEnginePolicy';
import { POLICIES, type PolicyRecipe } from '../lab/policies';
import type { PolicyModel } from '../lab/policyModel';
import { readConfiguration } from '../lab/readConfiguration';
import { teachStep } from '../lab/teach';
import type { ModelConfig } from '../model/config';
import { taskFamily } from '../tasks';
import { FIRST_CHARACTER_TOKEN, PADDING_TOKEN, STOP_TOKEN, type OptionValues, type Task, type TaskFamily } from '../tasks/task';
import { choiceOf, helpOf, parseArguments, textOf, wholeNumberOf } from './arguments';
import { EXECUTOR_OPTION, executorChoice, openExecutor, THREADS_OPTION } from './openExecutor';
import { callersPath, MODELS, readyFolder } from './places';
import { ProgressBar } from './progressBar';
import { UsageError } from './usageError';

const OPTIONS = {
  policy: { value: 'NAME', help: `${POLICIES.map(({ name }) => name).join(', ')} (${POLICIES[0]!.name})` },
  'task-option': { value: 'NAME=VALUE', help: 'another value of an option of its task, e.g. length=12; needs --out', mayRepeat: true },
  steps: { value: 'N', help: `batches of 64 solutions (${POLICIES.map(({ name, batches }) => `${name} ${batches}`).join(', ')})` },
  seed: { value: 'N', help: 'seed of weights and problems (1)' },
  out: { value: 'DIR', help: `folder to write (${MODELS}/<policy>)` },
  // the processor computes the same everywhere, so that everyone gets the same policy
  executor: { ...EXECUTOR_OPTION, help: 'where it runs (cpu)' },
  threads: THREADS_OPTION,
};
export const PRETRAIN_HELP = helpOf('pretrain', OPTIONS);

const BATCH = 64;
const TEST_EVERY = 175;

export async function pretrainCommand(args: readonly string[]): Promise<void> {
  const given = parseArguments(args, OPTIONS);
  const name = choiceOf(given, 'policy', POLICIES.map((one) => one.name));
  const recipe = POLICIES.find((one) => one.name === name) ?? POLICIES[0]!;
  const assignments = given.get('task-option') ?? [];
  const task = taskOf(recipe, assignments);
  const steps = wholeNumberOf(given, 'steps', 1, 1_000_000) ?? recipe.batches;
  const seed = wholeNumberOf(given, 'seed', 0, 2 ** 32 - 1) ?? 1;
  const out = textOf(given, 'out');
  if (assignments.length > 0 && out === undefined) throw new UsageError(`--task-option ${assignments[0]} makes another policy than ${recipe.name}: name a folder for it with --out`);
  const folder = out === undefined ? join(MODELS, recipe.name) : callersPath(out);
  const choice = executorChoice(given, 'cpu');
  readyFolder(folder, '--out');
  const say = (sentence: string) => process.stderr.write(`${sentence}\n`);

  const config = policyConfig(task);
  const executor = await openExecutor(choice, say);
  const bar = new ProgressBar(steps);
  const started = performance.now();
  const model = await makeEnginePolicy(
    executor, config,
    { promptLength: task.maximumPromptLength, answerLength: task.maximumAnswerLength, prompts: BATCH, answersPerPrompt: 1, microbatchAnswers: 0 },
    (done, total) => bar.show(0, `preparing kernels ${done}/${total}`),
  );
  model.loadWeights(initialWeights(config, seed));
  const configuration = readConfiguration({ seed, task: task.name, taskOptions: task.options });
  const heldOut = heldOutProblems(task, configuration.testProblems);
  const settings = { seed, steps, batch: BATCH, stepErrorProbability: recipe.stepErrorProbability, learningRate: 3e-3, warmupSteps: 50, leastRatio: 0.05 };
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

/** Throws UsageError with what is wrong. */
function taskOf(recipe: PolicyRecipe, assignments: readonly string[]): Task {
  const family = taskFamily(recipe.task);
  const options = { ...recipe.taskOptions };
  for (const assignment of assignments) {
    const [, name, text] = /^(\w+)=(.+)$/s.exec(assignment) ?? [];
    if (name === undefined || text === undefined) throw new UsageError(`--task-option ${JSON.stringify(assignment)} is not NAME=VALUE`);
    Object.defineProperty(options, name, { value: optionValue(family, name, text), enumerable: true, configurable: true, writable: true });
  }
  try {
    return family.create(options);
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message);
    throw error;
  }
}

/** What looks like a number is one, but where the option is a text. */
function optionValue({ options }: TaskFamily, name: string, text: string): OptionValues[string] {
  const isText = typeof options.find((one) => one.name === name)?.default === 'string';
  return isText || text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text);
}

/** About 160 thousand parameters. */
function policyConfig({ alphabet, maximumPromptLength, maximumAnswerLength }: Task): ModelConfig {
  return {
    family: 'llama', hiddenSize: 64, layers: 3, heads: 4, kvHeads: 4, headDim: 16, intermediateSize: 192, vocabularySize: alphabet.length,
    ropeTheta: 10_000, rmsNormEpsilon: 1e-6, isTied: false, hasAttentionBias: false, hasQkNorm: false,
    maximumPositions: Math.max(128, maximumPromptLength + maximumAnswerLength),
  };
}

async function writePolicy(folder: string, config: ModelConfig, model: PolicyModel, characters: readonly string[]): Promise<void> {
  const tensors = await model.readWeights();
  writeFileSync(join(folder, 'config.json'), writeHuggingFaceConfig(config, { padding: PADDING_TOKEN, stop: STOP_TOKEN }));
  writeFileSync(join(folder, 'model.safetensors'), writeSafetensors(tensors));
  writeFileSync(join(folder, 'tokenizer.json'), writeTokenizer(characters));
  writeFileSync(join(folder, 'tokenizer_config.json'), writeTokenizerConfig(config.maximumPositions));
}
