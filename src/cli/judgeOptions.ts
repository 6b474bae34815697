// A judge behind a chat endpoint, on a command line. Naming it is the agreement to send it the answers. The key comes from
// the environment, because a command line is seen by others and kept in histories.

import { chatAddress, DEFAULT_PROMPTS, ENDPOINT_BOUNDS, ENDPOINT_DEFAULTS, type Endpoint } from '../lab/judging';
import { textOf, wholeNumberOf, type OptionSpecification, type ParsedArguments } from './arguments';
import { UsageError } from './usageError';

export const JUDGE_KEY = 'CREDITSCOPE_JUDGE_KEY';

export const JUDGE_OPTIONS = {
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

/** The setting that goes with a named endpoint, as if it had been given. */
export function withJudge(given: ParsedArguments, endpoint: Endpoint | undefined): ParsedArguments {
  return endpoint === undefined ? given : new Map([...given, ['set', [...(given.get('set') ?? []), 'critic.judge=endpoint']]]);
}
