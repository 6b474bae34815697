// A language model that judges, on a command line: the one that ships, one in a folder, or one behind a chat endpoint. Naming an
// endpoint is the agreement to send it the answers; its key comes from the environment, because a command line is seen by others
// and kept in histories.

import { join } from 'node:path';
import { BUILT_IN, BUILT_IN_FOLDER, chatAddress, DEFAULT_PROMPTS, ENDPOINT_BOUNDS, ENDPOINT_DEFAULTS, FOLDER, JudgeStopped, type Endpoint, type OpenModel } from '../lab/judging';
import { textOf, wholeNumberOf, type OptionSpecification, type ParsedArguments } from './arguments';
import { nodeLanguageModel } from './nodeLanguageModel';
import { callersPath, MODELS } from './places';
import { UsageError } from './usageError';

export const JUDGE_KEY = 'CREDITSCOPE_JUDGE_KEY';

export const JUDGE_OPTIONS = {
  judge: { value: `${BUILT_IN}|DIR`, help: 'a language model on this machine judges the steps: the one that ships, or one in a folder as transformers.js opens it' },
  'judge-url': { value: 'URL', help: `a chat endpoint judges the steps, e.g. http://localhost:1234/v1; its key, if any, from ${JUDGE_KEY}` },
  'judge-model': { value: 'NAME', help: 'the model that it is to run' },
  'judge-at-once': { value: 'N', help: `requests under way at once (${ENDPOINT_DEFAULTS.concurrency})` },
} satisfies Readonly<Record<string, OptionSpecification>>;

/** Undefined where no endpoint is named. Throws UsageError with what is wrong. */
export function endpointOf(given: ParsedArguments, environment: Readonly<Record<string, string | undefined>>): Endpoint | undefined {
  const [url, model] = [textOf(given, 'judge-url'), textOf(given, 'judge-model')];
  if ((url === undefined) !== (model === undefined)) throw new UsageError('--judge-url and --judge-model go together');
  if (url === undefined || model === undefined) return undefined;
  const endpoint: Endpoint = {
    ...ENDPOINT_DEFAULTS, url, model, key: environment[JUDGE_KEY] ?? '', showsReference: true, prompts: DEFAULT_PROMPTS, isAllowed: true,
    concurrency: wholeNumberOf(given, 'judge-at-once', ...ENDPOINT_BOUNDS.concurrency) ?? ENDPOINT_DEFAULTS.concurrency,
  };
  try {
    chatAddress(endpoint);
  } catch (error) {
    throw error instanceof RangeError ? new UsageError(error.message) : error;
  }
  return endpoint;
}

/** The settings that go with a named judge, as if they had been given. */
export function withJudge(given: ParsedArguments, endpoint: Endpoint | undefined): ParsedArguments {
  const judge = textOf(given, 'judge');
  if (judge !== undefined && endpoint !== undefined) throw new UsageError('--judge and --judge-url each name a judge');
  const named = endpoint !== undefined ? ['critic.judge=endpoint'] : judge !== undefined ? ['critic.judge=model', `critic.model=${judge === BUILT_IN ? BUILT_IN : FOLDER}`] : [];
  return named.length === 0 ? given : new Map([...given, ['set', [...(given.get('set') ?? []), ...named]]]);
}

/** Opens the model of a run, once: the one that ships, or the folder that --judge names. Models of other hosts are fetched by the page alone. */
export function modelOpener(given: ParsedArguments): OpenModel {
  const open = new Map<string, ReturnType<typeof nodeLanguageModel>>();
  return async (name) => {
    const judge = textOf(given, 'judge');
    if (name !== BUILT_IN && (name !== FOLDER || judge === undefined)) throw new JudgeStopped(`Here the judge is ${BUILT_IN} or a folder, named with --judge; ${name} can be fetched in the page.`);
    const folder = name === BUILT_IN ? join(MODELS, BUILT_IN_FOLDER) : callersPath(judge!);
    const model = open.get(folder) ?? nodeLanguageModel(folder).catch((error: unknown) => {
      throw new JudgeStopped(`The judge in ${folder} cannot be opened: ${error instanceof Error ? error.message : String(error)}`);
    });
    open.set(folder, model);
    return model;
  };
}
