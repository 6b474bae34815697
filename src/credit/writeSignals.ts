// Puts one batch's signals into the buffers of a traced program, checking them: a wrong length, a step outside its answer
// or a number that is not finite is a RangeError naming the signal. What padding holds never reaches a program.

import type { ElementArray } from '../gpu/buffer';
import type { Executor } from '../gpu/executor';
import type { CreditShape } from './builder';
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
  const finite = (value: number | undefined, where: string): number => {
    if (typeof value !== 'number' || !Number.isFinite(value)) throw new RangeError(`signal ${name} at ${where} is ${String(value)}`);
    return value;
  };
  if (SIGNALS[name].shape === 'step') {
    const values = new Float32Array(answers * maximumSteps);
    const rows = given as readonly (readonly number[])[];
    demandLength(name, rows, answers);
    for (let n = 0; n < answers; n++) {
      for (let step = 0; step < stepCount[n]!; step++) values[n * maximumSteps + step] = finite(rows[n]?.[step], `answer ${n}, step ${step}`);
    }
    return values;
  }
  const flat = given as ArrayLike<number>;
  const perAnswer = SIGNALS[name].shape === 'token' ? width : 1;
  demandLength(name, flat, answers * perAnswer);
  return Float32Array.from(flat, (value, i) => (perAnswer === width && SIGNALS[name].shape === 'token' && mask[i] === 0 ? 0 : finite(value, `element ${i}`)));
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

function demandLength(name: string, given: ArrayLike<unknown>, length: number): void {
  if (given.length !== length) throw new RangeError(`${name} has ${given.length} entries, ${length} are needed`);
}
