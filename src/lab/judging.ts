// Which judge a run has, and what its critiques leave in the record. A judge's words are kept as far as there is room;
// whoever typed an endpoint's address and key, or chose a model's settings, hands them in for each batch: they are in no
// configuration.
//
// How to ask any judge about answers that are no run's: src/workers/criticClient.ts, judgeCases().

import { endpointJudge } from '../critics/endpoint/endpointJudge';
import type { Endpoint } from '../critics/endpoint/endpoint';
import { exactJudge } from '../critics/exactCritic';
import { JudgeStopped, type Critique, type Judge, type JudgeDescription } from '../critics/judge';
import { modelJudge, type OpenModel } from '../critics/model/modelJudge';
import { BUILT_IN, defaultSettings, type ModelSettings } from '../critics/model/modelSettings';
import { findMethod } from '../credit/methods';
import { MOST_KEPT_OF_ALL } from '../formats/runFileChecks';
import { streamKey } from '../random/threefry';
import type { RunConfiguration } from './configuration';
import type { JudgeRecord } from './record';
import { creditNeeds } from './signals';

export { DEFAULT_PROMPTS, type JudgePrompts } from '../critics/prompts';
export { ENDPOINT_BOUNDS, ENDPOINT_DEFAULTS, chatAddress, type Endpoint } from '../critics/endpoint/endpoint';
export {
  JudgeStopped, type ComingFile, type ComingFiles, type Critique, type JudgeCase, type JudgeProgress, type JudgeQuestion, type JudgeWatch, type LeavingRequests, type ModelLoading,
} from '../critics/judge';
export { BUILT_IN_FOLDER } from '../critics/builtInJudge';
export { planModel, weightsFile, weightsParts, type Machine, type ModelPlan } from '../critics/model/chooseWeights';
export { openLanguageModel, type OpenLanguageModel } from '../critics/model/languageModel';
export type { LanguageModel, OpenModel } from '../critics/model/modelJudge';
export * from '../critics/model/modelSettings';

/** A language model that writes critiques, with all that it needs to be asked. */
export type NamedJudge =
  | { readonly kind: 'endpoint'; readonly endpoint: Endpoint }
  | { readonly kind: 'model'; readonly name: string; readonly settings: ModelSettings };

/** What a person has named so far; the kind of judge and the model's name are in a run's configuration. */
export interface Named {
  readonly endpoint?: Endpoint;
  readonly settings?: ModelSettings;
}

/** characters of one critique that are kept */
export const MOST_KEPT_OF_ONE = 2000;

type Asking = Pick<RunConfiguration, 'critic' | 'method' | 'methodParameters' | 'seed'>;

/** Undefined for the exact checker. A model that nobody has set up judges with its defaults. */
export function namedJudge({ judge = 'exact', model = BUILT_IN }: RunConfiguration['critic'], { endpoint, settings }: Named): NamedJudge | undefined {
  switch (judge) {
    case 'exact': return undefined;
    case 'model': return { kind: 'model', name: model, settings: settings ?? defaultSettings(model) };
    case 'endpoint': {
      if (endpoint === undefined) throw new JudgeStopped('This run’s judge is a language model behind an address: name it first.');
      return { kind: 'endpoint', endpoint };
    }
  }
}

/** `open`: where models can be opened. What the judge draws follows from seed and update. */
export function languageJudge(named: NamedJudge, seed: number, update: number, open?: OpenModel): Judge {
  if (named.kind === 'endpoint') return endpointJudge(named.endpoint);
  return modelJudge(named.name, named.settings, open ?? (() => Promise.reject(new JudgeStopped('Here no model can be opened.'))), streamKey(seed, 'critique', update));
}

/** `isCorrect_NK`: of the exact checker, for the judge that is one. */
export function judgeOf({ critic, seed }: Asking, update: number, isCorrect_NK: readonly (readonly boolean[])[], named: Named, open?: OpenModel): Judge {
  const writer = namedJudge(critic, named);
  return writer === undefined ? exactJudge(isCorrect_NK, critic, streamKey(seed, 'critique', update)) : languageJudge(writer, seed, update, open);
}

/** The exact checker costs nothing and judges for the eye too; others are asked only where the method reads critiques. */
export function critiquesWanted({ critic, method, methodParameters }: Asking): number {
  if ((critic.judge ?? 'exact') === 'exact') return critic.critiques;
  return creditNeeds(findMethod(method), methodParameters).some((need) => ['critiques', 'prmProb', 'prmSigned'].includes(need)) ? critic.critiques : 0;
}

/** What the critiques of a judge that writes leave behind; undefined for one that does not. */
export function judgeRecord(critiques_Nk: readonly (readonly Critique[])[], description: JudgeDescription | undefined): JudgeRecord | undefined {
  const count = critiques_Nk.reduce((sum, row) => sum + row.length, 0);
  if (description === undefined || count === 0) return undefined;
  const most = Math.min(MOST_KEPT_OF_ONE, Math.floor(MOST_KEPT_OF_ALL / count));
  return {
    ...description,
    said_Nk: critiques_Nk.map((row) => row.map(({ text, verdict, outOfRange }) => ({ text: shortened(text, most), verdict, outOfRange }))),
  };
}

/** The list stands at the end, so the end stays. */
function shortened(text: string, most: number): string {
  return text.length <= most ? text : `…${text.slice(text.length - most + 1)}`;
}
