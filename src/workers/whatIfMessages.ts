// What the page and the worker of what-if say to each other: a request, its reply with the same number.

import type { RunConfiguration } from '../lab/configuration';
import type { Edit } from '../lab/whatIf/edits';
import type { CreditedUpdate, WhatIfResult } from '../lab/whatIf/whatIf';

export interface WhatIfRequest {
  readonly id: number;
  readonly configuration: RunConfiguration;
  readonly update: CreditedUpdate;
  readonly edits: readonly Edit[];
}

export type WhatIfReply = { readonly id: number } & (
  | { readonly kind: 'result'; readonly result: WhatIfResult }
  /** a sentence for a person */
  | { readonly kind: 'failed'; readonly message: string }
);
