// The one reader of what a person asks to be compared: names and numbers, as they come from a form or a command line.

import { findMethod } from '../../credit/methods';
import { readParameters } from '../../credit/parameters';
import type { OptionValues } from '../../tasks/task';
import { TRUTH_KINDS, type TruthKind } from '../truth/findTruth';
import type { CompareEntry, CompareRequest } from './compare';

export interface CompareWish {
  readonly methods: readonly { readonly name: string; readonly parameters: OptionValues }[];
  readonly truth: TruthKind;
  readonly problems: number;
  /** to each problem */
  readonly answers: number;
  /** to each problem, for the true gradient; even, 0 = no cosines */
  readonly gradientAnswers: number;
  /** of the bootstrap */
  readonly resamples: number;
}

const BOUNDS = { problems: [1, 1024], answers: [1, 1024], gradientAnswers: [0, 4096], resamples: [10, 10_000] } as const;
const LABELS = { problems: 'problems', answers: 'answers to a problem', gradientAnswers: 'answers for the true gradient', resamples: 'resamples' } as const;

export interface ReadWish {
  readonly batch: { readonly problems: number; readonly answers: number };
  readonly request: CompareRequest;
}

/** Throws a RangeError with a sentence for a person. */
export function readCompareWish(wish: CompareWish): ReadWish {
  for (const [name, [least, most]] of Object.entries(BOUNDS)) {
    const value = wish[name as keyof typeof BOUNDS];
    if (!Number.isInteger(value) || value < least || value > most) throw new RangeError(`${LABELS[name as keyof typeof BOUNDS]}: ${String(value)} is not a whole number from ${least} to ${most}`);
  }
  if (wish.gradientAnswers % 2 !== 0) throw new RangeError(`answers for the true gradient: ${wish.gradientAnswers} is odd; its two halves are compared`);
  if (!TRUTH_KINDS.includes(wish.truth)) throw new RangeError(`truth: ${String(wish.truth)} is not one of ${TRUTH_KINDS.join(', ')}`);
  if (wish.methods.length === 0) throw new RangeError('no method is chosen');
  const entries = wish.methods.map(({ name, parameters }): CompareEntry => {
    const method = findMethod(name);
    readParameters(method.name, method.parameters, parameters);
    return { method, parameters };
  });
  return {
    batch: { problems: wish.problems, answers: wish.answers },
    request: { entries, truth: { kind: wish.truth }, gradientAnswers: wish.gradientAnswers, resamples: wish.resamples },
  };
}
