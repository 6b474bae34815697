// Puts one batch's signals into the buffers of a traced program, checking them: a wrong length, a step outside its answer
// or a number that is not finite is a RangeError naming the signal. What padding holds never reaches a program.

import type { ElementArray } from '../gpu/buffer';
import type { Executor } from '../gpu/executor';
import type { CreditShape } from './builder';
import { PARTITIONS, type PartitionName, type PartitionSource } from './hostSignals/partitions';
import { SIGNALS, type ValueSignal } from './signals';
import type { TracedCredit } from './trace';

export interface CreditSignals {
  /** problem of each answer, below shape.problems */
  readonly problem_N: ArrayLike<number>;
  /** [answers, width], 1 = a token of the answer */
  readonly mask_NT: ArrayLike<number>;
  /** token offsets [start, end) of each answer's steps, in order, not overlapping */
  readonly steps_NK?: readonly (readonly (readonly [number, number])[])[];
  /** step indices flagged by each critique of each answer; null = missing. Repeated and unknown indices are dropped. */
  readonly critiques_Nk?: readonly (readonly (readonly number[] | null)[])[];
  /** [answers, width] token ids */
  readonly tokens_NT?: ArrayLike<number>;
  /** a name for the state before each step; equal names in one problem are the same state */
  readonly states_NK?: readonly (readonly (string | number)[])[];
  /** binary checks of each step, shape.checks of them */
  readonly checks_NKC?: readonly (readonly (readonly number[])[])[];
  /** log-probs of the reference answer's tokens after 0, 1, ... steps; an answer's last entry is taken as after all of it */
  readonly answerLogprobs_NKL?: readonly (readonly (readonly number[])[])[];
  /** flat by shape: answer [answers], token [answers, width]; step-shaped ones are a list an answer */
  readonly values?: { readonly [K in ValueSignal]?: ArrayLike<number> | readonly (readonly number[])[] };
}

/** The executor must have prepared the plan. Signals the program does not ask for are left alone. */
export function writeSignals(executor: Executor, traced: TracedCredit, signals: CreditSignals): void {
  const { inputs, shape } = traced;
  const { answers, width, problems } = shape;
  const write = (name: string, data: ElementArray): void => {
    const buffer = inputs[name];
    if (buffer !== undefined) executor.write(buffer, data);
  };

  executor.allocate(...Object.values(inputs));
  demandLength('problem_N', signals.problem_N, answers);
  demandLength('mask_NT', signals.mask_NT, answers * width);
  const problem = Uint32Array.from(signals.problem_N);
  for (let n = 0; n < answers; n++) {
    if (!(Number.isInteger(signals.problem_N[n]) && problem[n]! < problems)) throw new RangeError(`problem_N[${n}] = ${signals.problem_N[n]}: there are ${problems} problems`);
  }
  const mask = Uint32Array.from(signals.mask_NT, (one) => (one === 0 ? 0 : 1));
  const steps = readSteps(signals.steps_NK, mask, shape);
  write('problem', problem);
  write('mask', mask);
  write('stepOfToken', steps.stepOfToken);
  write('stepCount', steps.stepCount);

  for (const name of Object.keys(SIGNALS) as ValueSignal[]) {
    const buffer = inputs[name];
    if (buffer === undefined) continue;
    const given = signals.values?.[name];
    if (given === undefined) throw new RangeError(`method ${traced.method} needs the signal ${name}`);
    write(name, readValues(name, given, mask, steps.stepCount, shape));
  }
  if (inputs['critiqueFlags'] !== undefined) {
    if (signals.critiques_Nk === undefined) throw new RangeError(`method ${traced.method} needs critiques`);
    const { flags, isValid } = readCritiques(signals.critiques_Nk, steps.stepCount, shape);
    write('critiqueFlags', flags);
    write('critiqueIsValid', isValid);
  }
  writePartitions(write, traced, signals, { mask, ...steps });
  if (inputs['checks'] !== undefined) write('checks', readChecks(signals.checks_NKC, steps.stepCount, traced));
  if (inputs['answerLogprobs'] !== undefined) {
    const { logprobs, tokens } = readProbes(signals.answerLogprobs_NKL, steps.stepCount, traced);
    write('answerLogprobs', logprobs);
    write('answerTokens', tokens);
  }
}

/** The discrete signals: which places of the batch belong together. */
function writePartitions(
  write: (name: string, data: ElementArray) => void, { method, inputs, shape }: TracedCredit, signals: CreditSignals,
  { mask, stepOfToken, stepCount }: { mask: Uint32Array; stepOfToken: Int32Array; stepCount: Uint32Array },
): void {
  const { answers, width, maximumSteps } = shape;
  const used = (Object.keys(PARTITIONS) as PartitionName[]).filter((name) => inputs[`${name}Order`] !== undefined);
  if (used.length === 0) return;
  const { tokens_NT = new Uint32Array(answers * width), states_NK = [] } = signals;
  const needs = used.flatMap((name): readonly string[] => PARTITIONS[name].needs);
  if (needs.includes('tokens') && signals.tokens_NT === undefined) throw new RangeError(`method ${method} needs the token ids`);
  if (needs.includes('states')) {
    if (signals.states_NK === undefined) throw new RangeError(`method ${method} needs the states before the steps`);
    demandLength('states_NK', states_NK, answers);
    for (let n = 0; n < answers; n++) {
      if (states_NK[n]!.length < stepCount[n]!) throw new RangeError(`states_NK[${n}] has ${states_NK[n]!.length} states for ${stepCount[n]} steps`);
    }
  }
  demandLength('tokens_NT', tokens_NT, answers * width);
  const source: PartitionSource = {
    answers, width, maximumSteps, problem_N: signals.problem_N, mask_NT: mask, stepCount_N: stepCount, stepOfToken_NT: stepOfToken, tokens_NT, states_NK,
  };
  for (const name of used) {
    const { order, start } = PARTITIONS[name].build(source);
    write(`${name}Order`, order);
    write(`${name}Start`, start);
  }
}

function readSteps(given: CreditSignals['steps_NK'], mask: Uint32Array, { answers, width, maximumSteps }: CreditShape) {
  const stepOfToken = new Int32Array(answers * width).fill(-1);
  const stepCount = new Uint32Array(answers);
  if (given === undefined) return { stepOfToken, stepCount };
  demandLength('steps_NK', given, answers);
  given.forEach((spans, n) => {
    if (!mask.subarray(n * width, (n + 1) * width).includes(1)) return; // an answer left out has no steps
    if (spans.length > maximumSteps) throw new RangeError(`answer ${n} has ${spans.length} steps, the program was traced for ${maximumSteps}`);
    let reached = 0;
    spans.forEach(([start, end], step) => {
      if (!(Number.isInteger(start) && Number.isInteger(end) && start >= reached && end >= start && end <= width)) {
        throw new RangeError(`answer ${n}, step ${step}: [${start}, ${end}) overlaps its neighbour or leaves the answer's ${width} tokens`);
      }
      for (let t = start; t < end; t++) if (mask[n * width + t] !== 0) stepOfToken[n * width + t] = step;
      reached = end;
    });
    stepCount[n] = spans.length;
  });
  return { stepOfToken, stepCount };
}

function readValues(
  name: ValueSignal, given: ArrayLike<number> | readonly (readonly number[])[], mask: Uint32Array, stepCount: Uint32Array,
  { answers, width, maximumSteps }: CreditShape,
): Float32Array<ArrayBuffer> {
  if (SIGNALS[name].shape === 'step') {
    const values = new Float32Array(answers * maximumSteps);
    const rows = given as readonly (readonly number[])[];
    demandLength(name, rows, answers);
    for (let n = 0; n < answers; n++) {
      for (let step = 0; step < stepCount[n]!; step++) values[n * maximumSteps + step] = finite(rows[n]?.[step], name, `answer ${n}, step ${step}`);
    }
    return values;
  }
  const flat = given as ArrayLike<number>;
  const perAnswer = SIGNALS[name].shape === 'token' ? width : 1;
  demandLength(name, flat, answers * perAnswer);
  return Float32Array.from(flat, (value, i) => (perAnswer === width && SIGNALS[name].shape === 'token' && mask[i] === 0 ? 0 : finite(value, name, `element ${i}`)));
}

function readCritiques(given: NonNullable<CreditSignals['critiques_Nk']>, stepCount: Uint32Array, { answers, maximumSteps, critiques }: CreditShape) {
  const flags = new Uint32Array(Math.max(1, answers * critiques * maximumSteps));
  const isValid = new Uint32Array(Math.max(1, answers * critiques));
  demandLength('critiques_Nk', given, answers);
  given.forEach((row, n) => {
    if (row.length > critiques) throw new RangeError(`answer ${n} has ${row.length} critiques, the program was traced for ${critiques}`);
    row.forEach((flagged, one) => {
      if (flagged === null) return;
      isValid[n * critiques + one] = 1;
      for (const step of flagged) {
        if (Number.isInteger(step) && step >= 0 && step < stepCount[n]!) flags[(n * critiques + one) * maximumSteps + step] = 1;
      }
    });
  });
  return { flags, isValid };
}

/** [answers, maximumSteps, checks] */
function readChecks(given: CreditSignals['checks_NKC'], stepCount: Uint32Array, { method, shape: { answers, maximumSteps, checks = 0 } }: TracedCredit): Float32Array<ArrayBuffer> {
  if (given === undefined) throw new RangeError(`method ${method} needs checks of the steps`);
  demandLength('checks_NKC', given, answers);
  const values = new Float32Array(Math.max(1, answers * maximumSteps * checks));
  for (let n = 0; n < answers; n++) {
    for (let step = 0; step < stepCount[n]!; step++) {
      const own = given[n]![step] ?? [];
      demandLength(`checks_NKC[${n}][${step}]`, own, checks);
      own.forEach((one, i) => { values[(n * maximumSteps + step) * checks + i] = finite(one, 'checks', `answer ${n}, step ${step}`); });
    }
  }
  return values;
}

/** [answers, maximumSteps + 2, referenceTokens]: after k steps in slot k, after the whole answer in the last. */
function readProbes(given: CreditSignals['answerLogprobs_NKL'], stepCount: Uint32Array, { method, shape: { answers, maximumSteps, referenceTokens = 0 } }: TracedCredit) {
  if (given === undefined) throw new RangeError(`method ${method} needs log-probabilities of the reference answer`);
  demandLength('answerLogprobs_NKL', given, answers);
  const length = Math.max(1, referenceTokens);
  const logprobs = new Float32Array(answers * (maximumSteps + 2) * length);
  const tokens = new Uint32Array(answers);
  given.forEach((entries, n) => {
    if (entries.length < stepCount[n]! + 1) throw new RangeError(`answerLogprobs_NKL[${n}] has ${entries.length} entries for ${stepCount[n]} steps; one more than steps is needed`);
    tokens[n] = entries[0]!.length;
    if (tokens[n]! > referenceTokens) throw new RangeError(`answerLogprobs_NKL[${n}] has ${tokens[n]} tokens, the program was traced for ${referenceTokens}`);
    const put = (slot: number, entry: readonly number[]): void => {
      demandLength(`an entry of answerLogprobs_NKL[${n}]`, entry, tokens[n]!);
      entry.forEach((one, i) => { logprobs[(n * (maximumSteps + 2) + slot) * length + i] = finite(one, 'answerLogprobs', `answer ${n}`); });
    };
    for (let slot = 0; slot <= stepCount[n]!; slot++) put(slot, entries[slot]!);
    put(maximumSteps + 1, entries.at(-1)!);
  });
  return { logprobs, tokens };
}

function finite(value: number | undefined, name: string, where: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new RangeError(`signal ${name} at ${where} is ${String(value)}`);
  return value;
}

function demandLength(name: string, given: ArrayLike<unknown>, length: number): void {
  if (given.length !== length) throw new RangeError(`${name} has ${given.length} entries, ${length} are needed`);
}
