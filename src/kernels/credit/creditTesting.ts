// For tests of the credit kernels: answers with random tokens, holes in the mask, steps and problems.

import { RandomStream } from '../../random/threefry';
import { SHAPE } from './shapes';

export const ODD_SIZES: readonly (readonly [answers: number, width: number, steps: number, problems: number])[] = [[1, 1, 1, 1], [7, 33, 5, 3], [130, 7, 3, 33]];

export function randomAnswers(answers: number, width: number, steps: number, problems: number, seed: number) {
  const random = RandomStream.of(seed, 'problems');
  const step_of_token = new Int32Array(answers * width).fill(-1);
  const step_count = new Uint32Array(answers);
  const mask = Uint32Array.from(step_of_token, () => Number(random.uniform() < 0.8));
  for (let n = 0; n < answers; n++) {
    step_count[n] = random.below(steps + 1);
    for (let t = 0; t < width; t++) if (mask[n * width + t] === 1) step_of_token[n * width + t] = Math.min(step_count[n]!, Math.floor((t * (steps + 1)) / width)) - 1;
  }
  const numbers = (length: number) => Float32Array.from({ length }, () => random.normal());
  return {
    token: numbers(answers * width), step: numbers(answers * steps), answer: numbers(answers),
    problem_of_answer: Uint32Array.from(step_count, () => random.below(problems)), step_of_token, step_count, mask,
  };
}

/** For each answer the places of its used tokens or steps in the flat array. */
export function usedPlaces({ mask, step_count }: { mask: Uint32Array; step_count: Uint32Array }, shape: number, perAnswer: number): number[][] {
  return Array.from(step_count, (count, n) => Array.from({ length: perAnswer }, (_, index) => index)
    .filter((index) => (shape === SHAPE.token ? mask[n * perAnswer + index] === 1 : index < count)).map((index) => n * perAnswer + index));
}
