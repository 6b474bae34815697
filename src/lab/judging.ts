// Which judge a run has, and what its critiques leave in the record. A judge's words are kept as far as there is room;
// whoever typed an endpoint's address and key hands them in for each batch, so that they are in no configuration.

import { endpointJudge } from '../critics/endpoint/endpointJudge';
import type { Endpoint } from '../critics/endpoint/endpoint';
import { exactJudge } from '../critics/exactCritic';
import { JudgeStopped, type Critique, type Judge } from '../critics/judge';
import { findMethod } from '../credit/methods';
import { streamKey } from '../random/threefry';
import type { RunConfiguration } from './configuration';
import type { JudgeRecord } from './record';
import { creditNeeds } from './signals';

export { DEFAULT_PROMPTS, type JudgePrompts } from '../critics/prompts';
export { ENDPOINT_BOUNDS, ENDPOINT_DEFAULTS, chatAddress, type Endpoint } from '../critics/endpoint/endpoint';
export { JudgeStopped, type JudgeProgress, type JudgeWatch, type LeavingRequests } from '../critics/judge';

/** characters of one critique that are kept, and of all critiques of an update together */
export const MOST_KEPT_OF_ONE = 2000;
export const MOST_KEPT_OF_ALL = 200_000;

type Asking = Pick<RunConfiguration, 'critic' | 'method' | 'methodParameters' | 'seed'>;

/** `isCorrect_NK`: of the exact checker, for the judge that is one. */
export function judgeOf({ critic, seed }: Asking, update: number, isCorrect_NK: readonly (readonly boolean[])[], endpoint: Endpoint | undefined): Judge {
  const { judge = 'exact' } = critic;
  switch (judge) {
    case 'exact': return exactJudge(isCorrect_NK, critic, streamKey(seed, 'critique', update));
    case 'endpoint': {
      if (endpoint === undefined) throw new JudgeStopped('This run’s judge is a language model behind an address: name it first.');
      return endpointJudge(endpoint);
    }
  }
}

/** The exact checker costs nothing and judges for the eye too; others are asked only where the method reads critiques. */
export function critiquesWanted({ critic, method, methodParameters }: Asking): number {
  if ((critic.judge ?? 'exact') === 'exact') return critic.critiques;
  return creditNeeds(findMethod(method), methodParameters).some((need) => ['critiques', 'prmProb', 'prmSigned'].includes(need)) ? critic.critiques : 0;
}

/** What the critiques of a judge that writes leave behind; undefined for one that does not. */
export function judgeRecord(critiques_Nk: readonly (readonly Critique[])[], endpoint: Endpoint | undefined): JudgeRecord | undefined {
  const count = critiques_Nk.reduce((sum, row) => sum + row.length, 0);
  if (endpoint === undefined || count === 0) return undefined;
  const most = Math.min(MOST_KEPT_OF_ONE, Math.floor(MOST_KEPT_OF_ALL / count));
  return {
    model: endpoint.model.trim(), host: chatHost(endpoint), ...endpoint.prompts,
    said_Nk: critiques_Nk.map((row) => row.map(({ text, verdict, outOfRange }) => ({ text: shortened(text, most), verdict, outOfRange }))),
  };
}

const chatHost = ({ url }: Endpoint): string => new URL(url.trim()).host;

/** The list stands at the end, so the end stays. */
function shortened(text: string, most: number): string {
  return text.length <= most ? text : `…${text.slice(text.length - most + 1)}`;
}
