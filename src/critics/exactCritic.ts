// The exact step checker as a critic with dials: it reads an answer k times, each time misses a wrong step with the
// false-negative rate, accuses a right one with the false-positive rate, and loses the whole critique with the missing
// probability. Every chance has its own coordinates (answer, critique, step), so no dial shifts another's draws and
// the same run asks the same critic the same question.

import type { CriticConfiguration } from '../lab/configuration';
import { uniformAt, type Words } from '../random/threefry';
import type { Critique, JudgeCase } from './judge';

type Dials = Pick<CriticConfiguration, 'falsePositive' | 'falseNegative' | 'missing'>;

/** Draws a critique may use: one for being lost, then one a step. */
const DRAWS_A_CRITIQUE = 65536;

/** The checker as a Judge of one batch, whose verdicts it knows. It writes nothing and is done at once. */
export function exactJudge(isCorrect_NK: readonly (readonly boolean[])[], dials: Dials, key: Words) {
  return {
    critique: (cases: readonly JudgeCase[], critiques: number): Critique[][] => {
      if (cases.length !== isCorrect_NK.length) throw new RangeError(`${cases.length} cases, but verdicts of ${isCorrect_NK.length} answers`);
      return exactCritiques(isCorrect_NK, { ...dials, critiques }, key)
        .map((row) => row.map((flags) => ({ flags, text: '', verdict: flags === null ? 'lost' : 'read', outOfRange: 0 })));
    },
  };
}

/** Flagged step indices of each of the critiques of each answer; null = missing. `key`: streamKey(seed, 'critique', update). */
export function exactCritiques(
  isCorrect_NK: readonly (readonly boolean[])[], { critiques, falsePositive, falseNegative, missing }: Dials & Pick<CriticConfiguration, 'critiques'>, key: Words,
): (readonly number[] | null)[][] {
  for (const [name, rate] of Object.entries({ falsePositive, falseNegative, missing })) {
    if (!(rate >= 0 && rate <= 1)) throw new RangeError(`critic: ${name} = ${rate} is not a probability`);
  }
  return isCorrect_NK.map((isCorrect_K, row) => Array.from({ length: critiques }, (_, critique) => {
    if (isCorrect_K.length >= DRAWS_A_CRITIQUE) throw new RangeError(`answer ${row} has ${isCorrect_K.length} steps`);
    const chance = (draw: number): number => uniformAt(key, row, critique * DRAWS_A_CRITIQUE + draw);
    if (chance(0) < missing) return null;
    return isCorrect_K.flatMap((isCorrect, step) => {
      const isHit = chance(step + 1) < (isCorrect ? falsePositive : falseNegative);
      return isHit === isCorrect ? [step] : [];
    });
  }));
}
