// A chat endpoint as a person names it: any server that speaks OpenAI's chat completions. The key lives in this object
// alone, in memory: nothing that is stored or shown is made from it.

import { promptProblem, type JudgePrompts } from '../prompts';

export interface Endpoint {
  /** such as http://localhost:1234/v1; '/chat/completions' is added where it is missing */
  readonly url: string;
  readonly model: string;
  /** empty: none is sent */
  readonly key: string;
  readonly temperature: number;
  readonly maximumTokens: number;
  /** requests under way at once */
  readonly concurrency: number;
  readonly timeoutSeconds: number;
  readonly showsReference: boolean;
  readonly prompts: JudgePrompts;
  /** a person has seen what is sent there, and agreed */
  readonly isAllowed: boolean;
}

export const ENDPOINT_DEFAULTS = { temperature: 0.7, maximumTokens: 512, concurrency: 4, timeoutSeconds: 60 } as const;

/** [least, most] of each number. */
export const ENDPOINT_BOUNDS = { temperature: [0, 2], maximumTokens: [1, 32_768], concurrency: [1, 64], timeoutSeconds: [1, 600] } as const satisfies Record<keyof typeof ENDPOINT_DEFAULTS, readonly [number, number]>;

const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;
const LONGEST_MODEL = 200;
const PATH = '/chat/completions';

/** Where requests go. Throws a RangeError with a sentence for a person. */
export function chatAddress({ url, model, key, prompts, ...numbers }: Endpoint): URL {
  let address: URL;
  try {
    address = new URL(url.trim());
  } catch {
    throw new RangeError(`"${url}" is not an address such as http://localhost:1234/v1.`);
  }
  if (address.protocol !== 'https:' && address.protocol !== 'http:') throw new RangeError('The judge’s address must begin with http:// or https://.');
  if (address.username !== '' || address.password !== '') throw new RangeError('The judge’s address must not hold a name or password; a key has its own field.');
  if (address.search !== '' || address.hash !== '') throw new RangeError('The judge’s address must end before ? and #.');
  if (key !== '' && address.protocol === 'http:' && !LOOPBACK.test(address.hostname)) throw new RangeError(`A key goes over https or to this machine only, not to http://${address.host}.`);
  // what a header may hold
  if (!/^[\x21-\x7e]*$/.test(key)) throw new RangeError('The key holds a character that no key has; copy it again.');
  if (model.trim() === '') throw new RangeError('Name the model that is to judge.');
  if (model.length > LONGEST_MODEL) throw new RangeError(`The name of the model is longer than ${LONGEST_MODEL} characters.`);
  for (const [name, [least, most]] of Object.entries(ENDPOINT_BOUNDS)) {
    const value = numbers[name as keyof typeof ENDPOINT_BOUNDS];
    if (!(value >= least && value <= most)) throw new RangeError(`The judge’s ${name} = ${value} is not between ${least} and ${most}.`);
  }
  const problem = promptProblem(prompts);
  if (problem !== undefined) throw new RangeError(problem);
  address.pathname = address.pathname.replace(/\/+$/, '');
  if (!address.pathname.endsWith(PATH)) address.pathname += address.pathname.endsWith('/') ? PATH.slice(1) : PATH;
  return address;
}
