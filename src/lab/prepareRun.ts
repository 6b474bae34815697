// Makes a run ready: policy from its folder, model and credit program for the configuration's shapes, held-out problems,
// and the accuracy before the first update.

import { findMethod } from '../credit/methods';
import { FormatError } from '../formats/formatError';
import { loadPolicy } from '../formats/policyFiles';
import type { FileReader } from '../formats/safetensorsIndex';
import { readTokenizer } from '../formats/tokenizerFile';
import type { Executor } from '../gpu/executor';
import type { ModelConfig } from '../model/config';
import { taskFamily } from '../tasks';
import { FIRST_CHARACTER_TOKEN, type Task } from '../tasks/task';
import { keepsReference, type RunConfiguration } from './configuration';
import { continuerOf } from './continuer';
import { heldOutProblems, testAccuracy } from './heldOut';
import type { Critic } from './phases/context';
import { prepareCredit } from './phases/credit';
import { critiqueBy } from './phases/critique';
import { refuseUnmetNeeds } from './phases/needs';
import type { PolicyModel } from './policyModel';
import type { RunHeader } from './record';
import { Run } from './run';
import { joinKernelChoice, type RunState } from './runState';
import type { ValueCritic } from './valueCritic';

/** Sizes that a policy's plans are built for. */
export interface PolicyShape {
  readonly promptLength: number;
  readonly answerLength: number;
  /** answers sampled in lockstep, at most */
  readonly prompts: number;
  readonly answersPerPrompt: number;
  /** answers a micro-batch; 0 = as many as the memory budget holds */
  readonly microbatchAnswers: number;
}

export type Progress = (done: number, total: number) => void;
export type PolicyMaker = (executor: Executor, config: ModelConfig, shape: PolicyShape, onProgress?: Progress) => Promise<PolicyModel>;

/** For a run that is looked at: all answers of the small preset, the first problems of larger ones. */
export const WATCHED_ANSWERS = 64;

export interface RunSetup {
  readonly configuration: RunConfiguration;
  readonly executor: Executor;
  readonly makePolicy: PolicyMaker;
  /** of the policy's folder; rejects for a file that is not there */
  readonly files: FileReader;
  /** absent: the exact checker, in this process */
  readonly critic?: Critic;
  /** absent: credit methods that need values are refused; of a run that goes on, made from its state too */
  readonly values?: ValueCritic;
  readonly watchedAnswers: number;
  /** in seconds */
  readonly clock: () => number;
  readonly onProgress?: Progress;
  /** a stopped run of the same configuration to go on from; the policy's folder is then not read */
  readonly resumed?: RunState;
}

export async function prepareRun({ configuration, executor, makePolicy, files, critic, values, watchedAnswers, clock, onProgress, resumed }: RunSetup): Promise<Run> {
  const task = taskFamily(configuration.task).create(configuration.taskOptions);
  const method = findMethod(configuration.method);
  refuseUnmetNeeds(configuration, values !== undefined);
  const model = resumed === undefined
    ? await startingModel(configuration, task, executor, makePolicy, files, onProgress)
    : await resumedModel(resumed, configuration, task, executor, makePolicy, onProgress);
  await model.prepareLoss({ kind: 'ppo', klKind: configuration.loss.klKind });
  const continuer = continuerOf(executor, makePolicy, task, model);
  const credit = await prepareCredit(executor, { configuration, task, hasValueModel: values !== undefined }, model, continuer);
  const heldOut = heldOutProblems(task, configuration.testProblems);
  const header = resumed === undefined
    ? { ...hereHeader(configuration, executor, values), startAccuracy: await testAccuracy(task, model, heldOut, configuration, 0) }
    : headerGoingOn(resumed, executor, values);
  const context = {
    configuration, task, model, credit, watchedAnswers, workbench: { executor, continuer }, ...(values !== undefined && { values }),
    critic: critic ?? ((sample, update) => critiqueBy(task, configuration, update, sample)),
  };
  return new Run(
    context,
    header,
    { alphabet: task.alphabet, taskTitle: task.title, methodTitle: method.title, methodExplanation: method.explanation, paper: method.paper },
    heldOut,
    clock,
    resumed?.lines.length,
  );
}

const hereHeader = (configuration: RunConfiguration, executor: Executor, values?: ValueCritic): RunHeader =>
  ({ format: 'creditscope-run/2', configuration, executor: executor.kind, adapter: executor.description, kernelChoice: joinKernelChoice(executor.kernelChoice, values) });

/** On the executor and adapter of before the run keeps its header; elsewhere the header says where the updates so far were made. */
function headerGoingOn({ header, lines, kernelChoice }: RunState, executor: Executor, values?: ValueCritic): RunHeader {
  if (header.executor === executor.kind && header.adapter === executor.description) return header;
  if (lines.length === 0) return { ...header, ...hereHeader(header.configuration, executor, values) };
  const before = { until: lines.length, executor: header.executor, adapter: header.adapter, kernelChoice };
  return { ...header, ...hereHeader(header.configuration, executor, values), earlier: [...(header.earlier ?? []), before] };
}

async function startingModel(
  configuration: RunConfiguration, task: Task, executor: Executor, makePolicy: PolicyMaker, files: FileReader, onProgress?: Progress,
): Promise<PolicyModel> {
  const policy = await loadPolicy(files);
  refuseOtherAlphabet(task, policy.config, configuration.policy, readTokenizer(await files('tokenizer.json')));
  const model = await makePolicy(executor, policy.config, policyShape(configuration, task), onProgress);
  model.loadWeights(policy.tensors);
  if (keepsReference(configuration)) await model.keepReference();
  return model;
}

async function resumedModel(
  resumed: RunState, configuration: RunConfiguration, task: Task, executor: Executor, makePolicy: PolicyMaker, onProgress?: Progress,
): Promise<PolicyModel> {
  refuseOtherAlphabet(task, resumed.model, `${configuration.policy} of the stopped run`, resumed.characters);
  if (keepsReference(configuration) !== (resumed.policy.reference !== undefined)) {
    throw new FormatError('the stopped run', keepsReference(configuration) ? 'lacks the reference weights of its KL term' : 'has reference weights, but no KL term');
  }
  const model = await makePolicy(executor, resumed.model, policyShape(configuration, task), onProgress);
  await model.loadState(resumed.policy);
  return model;
}

export function policyShape({ problemsPerUpdate, answersPerProblem, microbatchAnswers }: RunConfiguration, task: Task): PolicyShape {
  return { promptLength: task.maximumPromptLength, answerLength: task.maximumAnswerLength, prompts: problemsPerUpdate, answersPerPrompt: answersPerProblem, microbatchAnswers };
}

/** Token ids mean characters; a policy that was taught other characters would read nonsense. */
function refuseOtherAlphabet(task: Task, config: ModelConfig, policy: string, characters: readonly string[]): void {
  const wanted = task.alphabet.slice(FIRST_CHARACTER_TOKEN);
  if (characters.length !== wanted.length || characters.some((one, i) => one !== wanted[i])) {
    throw new FormatError(`policy ${policy}`, `writes ${JSON.stringify(characters.join(''))}; task ${task.name} needs ${JSON.stringify(wanted.join(''))}`);
  }
  if (config.vocabularySize !== task.alphabet.length) {
    throw new FormatError(`policy ${policy}`, `has a vocabulary of ${config.vocabularySize}; its tokenizer has ${task.alphabet.length} tokens`);
  }
  const needed = task.maximumPromptLength + task.maximumAnswerLength;
  if (config.maximumPositions < needed) throw new FormatError(`policy ${policy}`, `holds ${config.maximumPositions} positions; these task options need ${needed}`);
}
