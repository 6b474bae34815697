// What a credit method is: one small file in methods/. Its program is traced once for a batch's shape (see trace.ts).

import type { Option } from '../tasks/task';
import type { CreditBuilder, Handle } from './builder';
import type { SignalName } from './signals';

/** What every method is defined to do with answers that leave it little to work with; held by awkwardBatches.gpu.test.ts. */
export const AWKWARD_ANSWERS =
  'An empty answer has no token to credit and an answer without steps gets nothing from steps; identical answers, equally judged, get identical credit; '
  + 'alone in its group, or where all rewards are equal, an answer has nothing to be compared with, and what a method takes from the comparison is 0.';

export interface CreditOutputs {
  /** token-shaped, or answer-shaped: then every usable token of the answer gets it */
  readonly advantages: Handle;
  /** factor on the clip range of each token's ratio */
  readonly clipRange?: Handle;
  /** 0 where an answer must stay out of the loss */
  readonly rowMask?: Handle;
  /** what the value model should have said at each token */
  readonly valueTargets?: Handle;
}

export interface CreditMethod {
  readonly name: string;
  readonly title: string;
  readonly paper: { readonly title: string; readonly url: string };
  /** every signal that some setting of the parameters asks for; a traced program's `needs` has what this setting asks for */
  readonly needs: readonly SignalName[];
  readonly parameters: readonly Option[];
  /** two sentences for a person */
  readonly explanation: string;
  /** a sentence on what the paper leaves open or is not confirmed, and how it is read here */
  readonly ours?: string;
  program(c: CreditBuilder): CreditOutputs;
}
