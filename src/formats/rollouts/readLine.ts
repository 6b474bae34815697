// One line of a file of answers, in any of the formats known, told apart by their fields:
//   rollouts                  prompt, completions, rewards, and perhaps reference, sources, tokens, logprobs, steps, step_labels, judged_by
//   gsm8k model solutions     question, ground_truth, and one object with solution and is_correct a model
//   TRL stepwise supervision  prompt, completions (the steps of one answer), labels
//   TRL completions           prompt, completion, and numbers (step, advantage, and the rewards); written by log_completions
//   verl                      input, output, score, and perhaps gts and step; written to rollout_data_dir or validation_data_dir
// Formats with an answer a line are put together by their step and prompt.

import { solutionSteps } from '../../tasks/gsm8k/solutionSteps';
import { FormatError } from '../formatError';
import { field, has, isObject, kindOf, readConversation, readList, readNumber, readReference, readStepLabels, readText, type JsonObject } from './fields';
import { readJudges } from './judges';
import { LIMITS, type RolloutAnswer, type RolloutLine } from './rollout';

/** Throws a FormatError with what is wrong. */
export function readRolloutLine(line: string): RolloutLine {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new FormatError('the line', /\bNaN\b|\bInfinity\b/.test(line) ? 'is not JSON: it has NaN or Infinity where JSON has only numbers' : `is not JSON (${reason.slice(0, 120)})`);
  }
  if (!isObject(json)) throw new FormatError('the line', `must be an object, is ${kindOf(json)}`);
  if (has(json, 'question', 'ground_truth')) return readModelSolutions(json);
  if (has(json, 'prompt', 'completions', 'labels')) return readStepwise(json);
  if (has(json, 'prompt', 'completions')) return readRollouts(json);
  if (has(json, 'prompt', 'completion')) return readTrl(json);
  if (has(json, 'input', 'output')) return readVerl(json);
  throw new FormatError('the line', 'has none of the known sets of fields: prompt and completions; prompt and completion; input and output; question and ground_truth');
}

function readRollouts(json: JsonObject): RolloutLine {
  const texts = readList(json['completions'], 'completions', LIMITS.answers, (one, name) => readConversation(one, name, false));
  const perAnswer = <T>(name: string, read: (one: unknown, where: string) => T): (T | undefined)[] => {
    const given = field(json, name);
    if (given === undefined) return texts.map(() => undefined);
    const values = readList(given, name, LIMITS.answers, (one, where) => (one === null ? undefined : read(one, where)));
    if (values.length !== texts.length) throw new FormatError(name, `has ${values.length} entries for ${texts.length} completions`);
    return values;
  };
  const rewards = perAnswer('rewards', readNumber);
  const sources = perAnswer('sources', readText);
  const tokens = perAnswer('tokens', (one, where) => readList(one, where, LIMITS.tokens, readText));
  const logprobs = perAnswer('logprobs', (one, where) => readList(one, where, LIMITS.tokens, readNumber));
  const steps = perAnswer('steps', (one, where) => readList(one, where, LIMITS.tokens, readText));
  const labels = perAnswer('step_labels', readStepLabels);
  const answers = texts.map((text, i) => {
    const answer: RolloutAnswer = {
      text, reward: rewards[i] ?? null,
      ...(sources[i] !== undefined && { source: sources[i] }), ...(tokens[i] !== undefined && { tokens: tokens[i] }), ...(logprobs[i] !== undefined && { logprobs: logprobs[i] }),
      ...(steps[i] !== undefined && { steps: steps[i] }), ...(labels[i] !== undefined && { stepLabels: labels[i] }),
    };
    checkAnswer(answer, `completion ${i + 1}`);
    return answer;
  });
  const judged = readJudges(json, answers.map((answer) => answer.steps?.length ?? solutionSteps(answer.text).length));
  return {
    format: 'rollouts',
    problem: { ...promptOf(json, 'prompt'), ...referenceOf(json, 'reference', 'answer', 'ground_truth', 'solution'), answers, ...(judged !== undefined && { judged }) },
  };
}

function checkAnswer({ text, tokens, logprobs, steps, stepLabels }: RolloutAnswer, where: string): void {
  if (tokens !== undefined) {
    const ordinary = tokens.slice(0, tokens.findLastIndex((token) => !/^<[^<>\s]{1,40}>$/.test(token)) + 1).join('');
    if (tokens.join('') !== text && ordinary !== text) throw new FormatError(where, 'is not what its tokens spell');
  }
  if (logprobs !== undefined && logprobs.length !== tokens?.length) throw new FormatError(where, `has ${logprobs.length} logprobs for ${tokens?.length ?? 'no'} tokens`);
  if (logprobs?.some((one) => one > 1e-3) === true) throw new FormatError(where, 'has a log-probability above 0');
  if (steps !== undefined && steps.join('') !== text) throw new FormatError(where, 'is not what its steps spell');
  if (steps !== undefined && stepLabels !== undefined && steps.length !== stepLabels.length) throw new FormatError(where, `has ${stepLabels.length} labels for ${steps.length} steps`);
  if (steps === undefined && stepLabels !== undefined && stepLabels.length !== solutionSteps(text).length) {
    throw new FormatError(where, `has ${stepLabels.length} labels for the ${solutionSteps(text).length} steps found in it; give its steps too`);
  }
}

function readModelSolutions(json: JsonObject): RolloutLine {
  const answers = Object.keys(json).flatMap((source): RolloutAnswer[] => {
    const one = json[source];
    if (!isObject(one) || !has(one, 'solution')) return [];
    return [{ text: readText(one['solution'], `${source}.solution`), reward: readNumber(field(one, 'is_correct'), `${source}.is_correct`), source: source.slice(0, 200) }];
  });
  if (answers.length === 0) throw new FormatError('the line', 'has no field with a solution');
  return { format: 'gsm8k model solutions', problem: { ...promptOf(json, 'question'), ...referenceOf(json, 'ground_truth'), answers: answers.slice(0, LIMITS.answers) } };
}

function readStepwise(json: JsonObject): RolloutLine {
  const pieces = readList(json['completions'], 'completions', LIMITS.tokens, readText);
  const stepLabels = readStepLabels(json['labels'], 'labels');
  if (pieces.length !== stepLabels.length) throw new FormatError('labels', `has ${stepLabels.length} entries for ${pieces.length} steps`);
  const separator = readText(field(json, 'separator') ?? '\n', 'separator');
  const steps = pieces.map((piece, i) => (i < pieces.length - 1 ? piece + separator : piece));
  const prompt = promptOf(json, 'prompt');
  return { format: 'TRL stepwise supervision', group: prompt.prompt, problem: { ...prompt, ...referenceOf(json, 'reference', 'answer'), answers: [{ text: readText(steps.join(''), 'completions'), reward: null, steps, stepLabels }] } };
}

/** Columns of numbers in a TRL log that are no reward. */
const TRL_OTHERS = ['step', 'advantage', 'epoch', 'index', 'completion_length', 'length'];

function readTrl(json: JsonObject): RolloutLine {
  const prompt = promptOf(json, 'prompt', true);
  const columns = has(json, 'reward') ? ['reward'] : Object.keys(json).filter((name) => ['number', 'boolean'].includes(typeof json[name]) && !TRL_OTHERS.includes(name) && !name.startsWith('_'));
  const reward = columns.length === 0 ? null : columns.reduce((sum, name) => sum + readNumber(json[name], name), 0);
  return {
    format: 'TRL completions', group: groupOf(json, prompt.prompt), rewardColumns: columns,
    problem: { ...prompt, ...referenceOf(json, 'reference', 'answer', 'ground_truth', 'solution'), answers: [{ text: readConversation(json['completion'], 'completion', false), reward, ...sourceOf(json) }] },
  };
}

function readVerl(json: JsonObject): RolloutLine {
  const prompt = promptOf(json, 'input');
  const score = field(json, 'score') ?? field(json, 'reward');
  return {
    format: 'verl', group: groupOf(json, prompt.prompt),
    problem: { ...prompt, ...referenceOf(json, 'gts', 'ground_truth'), answers: [{ text: readText(json['output'], 'output'), reward: score === undefined ? null : readNumber(score, 'score'), ...sourceOf(json) }] },
  };
}

function promptOf(json: JsonObject, name: string, isConversation = Array.isArray(json[name])): { prompt: string } {
  return { prompt: isConversation ? readConversation(json[name], name, true) : readText(json[name], name) };
}

function referenceOf(json: JsonObject, ...names: readonly string[]): { reference?: string } {
  for (const name of names) {
    const reference = readReference(field(json, name), name);
    if (reference !== undefined) return { reference };
  }
  return {};
}

function sourceOf(json: JsonObject): { source?: string } {
  const model = field(json, 'model') ?? field(json, 'source');
  return typeof model === 'string' ? { source: model.slice(0, 200) } : {};
}

/** The same prompt at another step of training is another group. */
function groupOf(json: JsonObject, prompt: string): string {
  const step = field(json, 'step');
  return typeof step === 'number' ? `${step}\n${prompt}` : prompt;
}
