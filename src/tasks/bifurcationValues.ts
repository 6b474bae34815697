// Exact V and Q of task bifurcation, in float64, for every prefix of given answers.
//   by enumeration: for any policy at all. Every continuation that the outcome still depends on is followed; a prefix whose
//     outcome is decided is not. Work: one call of the policy a prefix met, refused above a bound that the caller states.
//   by induction: backwards over (position, state), 2T calls of the policy. Exact if the policy's probabilities depend on the
//     answer so far through its task state alone; for other policies it has no meaning, because states with equal outcomes
//     can then have unequal futures.
// Probabilities may carry float32 rounding: they are divided by their sum.

import { advanceByToken, ALPHABET, courseOf, decidedOutcome, START, type Course, type State } from './bifurcationRules';
import { STOP_TOKEN, type Problem } from './task';

/** Probabilities over the alphabet for the next token of an answer. The prefix is only lent: it changes after the call. */
export type PrefixPolicy = (prefix: readonly number[]) => ArrayLike<number>;
export type StatePolicy = (state: State) => ArrayLike<number>;

/** Of one answer of T tokens, its stop token included: what holds before each of them. */
export interface AnswerValues {
  readonly values_T: Float64Array;
  /** [T, alphabet] */
  readonly q_TV: Float64Array;
  /** Q - V of the tokens written: exactly 0 where no token makes a difference */
  readonly advantages_T: Float64Array;
}

type Answer = ArrayLike<number>;
interface Values { readonly value: number; readonly q_V: Float64Array; readonly probabilities_V: Float64Array }

const SIZE = ALPHABET.length;
const SUM_TOLERANCE = 1e-4;

export function valuesByInduction(problem: Problem, policy: StatePolicy, answers: readonly Answer[]): AnswerValues[] {
  const course = courseOf(problem);
  const known = new Map<string, Values>();
  const keyOf = ({ position, isGood }: State): string => `${position}${isGood ? '+' : '-'}`;
  for (let position = course.roles_T.length; position >= 0; position--) {
    for (const isGood of [true, false]) {
      const state = { position, isGood };
      known.set(keyOf(state), valuesAt(course, state, () => policy(state), (next) => known.get(keyOf(next))!.value));
    }
  }
  return answers.map((answer) => collect(course, answer, (state) => known.get(keyOf(state))!));
}

/** Throws RangeError when more than `maximumPolicyCalls` prefixes would have to be asked about. */
export function valuesByEnumeration(problem: Problem, policy: PrefixPolicy, answers: readonly Answer[], maximumPolicyCalls: number): AnswerValues[] {
  const course = courseOf(problem);
  const known = new Map<string, Values>();
  const wanted = new Set(answers.flatMap((answer) => Array.from(answer, (_, length) => prefixKey(Array.from(answer).slice(0, length)))));
  const prefix: number[] = [];
  let calls = 0;
  const ask = (): ArrayLike<number> => {
    if (++calls > maximumPolicyCalls) throw new RangeError(`exact values by enumeration need more than ${maximumPolicyCalls} calls of the policy`);
    return policy(prefix);
  };
  const valueOf = (state: State): number => {
    const key = prefixKey(prefix);
    const isWanted = wanted.has(key);
    if (!isWanted) return decidedOutcome(course, state) ?? valuesAt(course, state, ask, follow, false).value;
    const found = valuesAt(course, state, ask, follow);
    known.set(key, found);
    return found.value;
  };
  const follow = (next: State, token: number): number => {
    prefix.push(token);
    const value = valueOf(next);
    prefix.pop();
    return value;
  };
  valueOf(START);
  return answers.map((answer) => collect(course, answer, (state, t) => decidedValues(course, state) ?? known.get(prefixKey(Array.from(answer).slice(0, t)))!));
}

const prefixKey = (tokens: readonly number[]): string => tokens.join(' ');

/** `needsAll`: Q of tokens without probability is wanted too. */
function valuesAt(course: Course, state: State, ask: () => ArrayLike<number>, follow: (next: State, token: number) => number, needsAll = true): Values {
  const decided = decidedValues(course, state);
  if (decided !== undefined) return decided;
  const probabilities_V = normalised(ask());
  const q_V = new Float64Array(SIZE);
  let value = 0;
  for (let token = 0; token < SIZE; token++) {
    if (probabilities_V[token] === 0 && !needsAll) continue;
    const next = advanceByToken(course, state, token);
    q_V[token] = typeof next === 'number' ? next : follow(next, token);
    value += probabilities_V[token]! * q_V[token]!;
  }
  return { value, q_V, probabilities_V };
}

function decidedValues(course: Course, state: State): Values | undefined {
  const value = decidedOutcome(course, state);
  return value === undefined ? undefined : { value, q_V: new Float64Array(SIZE).fill(value), probabilities_V: new Float64Array(SIZE) };
}

function normalised(given: ArrayLike<number>): Float64Array {
  const probabilities_V = Float64Array.from(given);
  if (probabilities_V.length !== SIZE) throw new RangeError(`the policy gives ${probabilities_V.length} probabilities for ${SIZE} tokens`);
  const sum = probabilities_V.reduce((total, one) => total + one, 0);
  if (probabilities_V.some((one) => !(one >= 0)) || !(Math.abs(sum - 1) <= SUM_TOLERANCE)) throw new RangeError(`the policy's probabilities sum to ${sum}`);
  return probabilities_V.map((one) => one / sum);
}

function collect(course: Course, answer: Answer, valuesAfter: (state: State, tokens: number) => Values): AnswerValues {
  let state = START;
  const values_T = new Float64Array(answer.length);
  const q_TV = new Float64Array(answer.length * SIZE);
  const advantages_T = new Float64Array(answer.length);
  for (let t = 0; t < answer.length; t++) {
    const token = answer[t]!;
    if (!Number.isInteger(token) || token < 0 || token >= SIZE) throw new RangeError(`token ${token} is not in the alphabet`);
    if (token === STOP_TOKEN && t + 1 < answer.length) throw new RangeError('the answer goes on after its stop token');
    const { value, q_V, probabilities_V } = valuesAfter(state, t);
    const next = advanceByToken(course, state, token);
    if (typeof next !== 'number') state = next;
    values_T[t] = value;
    q_TV.set(q_V, t * SIZE);
    // as a mean of differences, so that equal Q give a zero without rounding
    advantages_T[t] = q_V.reduce((sum, q, other) => sum + probabilities_V[other]! * (q_V[token]! - q), 0);
  }
  return { values_T, q_TV, advantages_T };
}
