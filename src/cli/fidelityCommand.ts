// `npm run lab -- fidelity`: one batch of answers, many credit methods, each scored against the truth.

import { writeFileSync } from 'node:fs';
import { findMethod, METHODS } from '../credit/methods';
import { readParameters } from '../credit/parameters';
import { loadPolicy } from '../formats/policyFiles';
import { continuerOf } from '../lab/continuer';
import { compareMethods, type CompareEntry } from '../lab/fidelity/compare';
import { teachValues } from '../lab/fidelity/scene';
import { makeEnginePolicy } from '../lab/makeEnginePolicy';
import { policyShape } from '../lab/prepareRun';
import { PRESETS } from '../lab/presets';
import { readConfiguration } from '../lab/readConfiguration';
import { creditNeeds, unmetNeed } from '../lab/signals';
import { TRUTH_KINDS } from '../lab/truth/findTruth';
import { engineValueCritic } from '../lab/valueCritic';
import { taskFamily } from '../tasks';
import { choiceOf, helpOf, parseArguments, textOf, wholeNumberOf, type ParsedArguments } from './arguments';
import { EXECUTOR_OPTION, executorChoice, openExecutor, THREADS_OPTION } from './openExecutor';
import { fidelityReport } from './fidelityReport';
import { callersPath, policyFiles, refuseUnwritable } from './places';
import { ProgressBar } from './progressBar';
import { UsageError } from './usageError';

const OPTIONS = {
  task: { value: 'NAME', help: 'a task, with the policy and options of its first preset' },
  preset: { value: 'NAME', help: `instead of a task: ${PRESETS.map((one) => one.name).join(', ')}` },
  methods: { value: 'LIST', help: 'all, or names with commas; a name may carry parameters: capo:W=3:P=2' },
  seed: { value: 'N', help: 'seed of everything random (1)' },
  problems: { value: 'N', help: 'problems of the batch (16)' },
  answers: { value: 'N', help: 'answers a problem (8)' },
  truth: { value: TRUTH_KINDS.join('|'), help: 'how the truth is found (auto: enumeration where the tree is small enough)' },
  'gradient-answers': { value: 'N', help: 'answers a problem for the true gradient, even (128)' },
  resamples: { value: 'N', help: 'of the bootstrap (400)' },
  json: { value: 'FILE', help: 'writes everything there' },
  executor: EXECUTOR_OPTION,
  threads: THREADS_OPTION,
};
export const FIDELITY_HELP = helpOf('fidelity --task chain --methods all', OPTIONS);

/** batches that the value model is taught on before it is asked */
const VALUE_BATCHES = 30;
const FEWEST_ANSWERS = 64;

export async function fidelityCommand(args: readonly string[]): Promise<void> {
  const given = parseArguments(args, OPTIONS);
  const entries = readEntries(textOf(given, 'methods') ?? 'all');
  const configuration = configurationFor(given);
  const gradientAnswers = wholeNumberOf(given, 'gradient-answers', 4, 4096) ?? 128;
  if (gradientAnswers % 2 !== 0) throw new UsageError(`--gradient-answers ${gradientAnswers} is odd; its two halves are compared`);
  const resamples = wholeNumberOf(given, 'resamples', 10, 10_000) ?? 400;
  const kind = choiceOf(given, 'truth', TRUTH_KINDS) ?? 'auto';
  const json = textOf(given, 'json');
  if (json !== undefined) refuseUnwritable(callersPath(json), '--json');
  const choice = executorChoice(given);
  const say = (sentence: string): void => { process.stderr.write(`${sentence}\n`); };

  const task = taskFamily(configuration.task).create(configuration.taskOptions);
  const wantsValues = entries.some((entry) => creditNeeds(entry.method, entry.parameters).includes('values')
    && unmetNeed(entry.method, entry.parameters, { configuration, task, hasValueModel: true }) === undefined);
  const executor = await openExecutor(choice, say);
  const valueExecutor = wantsValues ? await openExecutor(choice, () => {}) : undefined;
  const clock = (): number => performance.now() / 1000;
  const bar = new ProgressBar(100);
  const show = (share: number, note: string): void => bar.show(Math.round(100 * share), note);
  try {
    const policy = await loadPolicy(policyFiles(configuration.policy));
    const model = await makeEnginePolicy(executor, policy.config, policyShape(configuration, task));
    model.loadWeights(policy.tensors);
    await model.keepReference();
    await model.prepareLoss({ kind: 'reinforce', klKind: 'none' });
    const values = valueExecutor && await engineValueCritic(valueExecutor, readConfiguration({ ...configuration, method: 'ppo', methodParameters: {} }), policyFiles(configuration.policy));
    const taught = values && await teachValues({ configuration, task, model }, values, VALUE_BATCHES, (batch) => show(batch / VALUE_BATCHES, 'teaching the value model'));
    const comparison = await compareMethods(executor, { configuration, task, model, continuer: continuerOf(executor, makeEnginePolicy, task, model), ...(values && { values }) },
      { entries, truth: { kind }, gradientAnswers, resamples }, { clock, onProgress: (stage, done, total, rollouts) => show(done / total, rollouts > 0 ? `${stage}: ${rollouts} ways so far` : stage) });
    bar.clear();
    process.stdout.write(fidelityReport(configuration, comparison, taught === undefined ? undefined : { batches: VALUE_BATCHES, explained: taught }));
    if (json !== undefined) {
      const { kind: truthKind, largestError, cost } = comparison.truth;
      writeFileSync(callersPath(json), JSON.stringify({
        format: 'creditscope-fidelity/1', configuration, executor: executor.kind, adapter: executor.description, truth: { kind: truthKind, largestError, cost },
        gradientAnswers: comparison.gradientAnswers, ...comparison.table, refused: comparison.refused,
      }, null, 1));
    }
  } finally {
    bar.clear();
    executor.destroy();
    valueExecutor?.destroy();
  }
}

function configurationFor(given: ParsedArguments) {
  const [task, preset] = [textOf(given, 'task'), textOf(given, 'preset')];
  if (task !== undefined && preset !== undefined) throw new UsageError('--task and --preset: give one of them');
  const found = PRESETS.find((one) => (preset === undefined ? one.configuration.task === (task ?? 'chain') : one.name === preset));
  if (found === undefined) throw new UsageError(preset === undefined ? `no preset has task ${task}` : `unknown preset ${preset}`);
  const problemsPerUpdate = wholeNumberOf(given, 'problems', 2, 1024) ?? 16;
  const answersPerProblem = wholeNumberOf(given, 'answers', 1, 1024) ?? 8;
  if (problemsPerUpdate * answersPerProblem < FEWEST_ANSWERS) throw new UsageError(`${problemsPerUpdate} problems x ${answersPerProblem} answers are too few to compare methods: at least ${FEWEST_ANSWERS} answers`);
  // the reference policy is the start itself; its log-probabilities are there for the methods that ask
  return readConfiguration({ ...found.configuration, problemsPerUpdate, answersPerProblem, seed: wholeNumberOf(given, 'seed', 0, 2 ** 32 - 1) ?? 1, loss: { ...found.configuration.loss, klKind: 'k3' } });
}

export function readEntries(list: string): CompareEntry[] {
  if (list === 'all') return METHODS.map((method) => ({ method, parameters: {} }));
  return list.split(',').map((text) => {
    const [name = '', ...set] = text.split(':');
    try {
      const method = findMethod(name);
      const parameters = Object.fromEntries(set.map((one) => {
        const [key = '', value = ''] = one.split('=', 2);
        return [key, value.trim() === '' || Number.isNaN(Number(value)) ? value : Number(value)];
      }));
      readParameters(method.name, method.parameters, parameters);
      return { method, parameters };
    } catch (error) {
      if (error instanceof RangeError) throw new UsageError(error.message);
      throw error;
    }
  });
}
