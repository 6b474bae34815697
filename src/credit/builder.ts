// What a credit program is written with. Each line of a program becomes kernel calls on a plan and one row that a person
// can look at: a value (Handle) of some shape, with the formula that made it. Operations that are more than arithmetic
// are functions in operations/, built on output() and the frame.

import { planBuffer, type PlanBuffer } from '../gpu/buffer';
import { Plan } from '../gpu/plan';
import { elementwise, operationCode, OPERATIONS, type Operation, type OperationName } from '../kernels/credit/elementwise';
import { CONSTANT_OPERAND, SHAPE, type ValueShape } from '../kernels/credit/shapes';
import type { CreditRow } from '../lab/record';
import type { OptionValues } from '../tasks/task';
import { namesOf, parseFormula, type Expression } from './formula';
import { SIGNALS, type SignalName, type ValueSignal } from './signals';

/** A batch's shape. Steps are stored as [answers, maximumSteps], tokens as [answers, width]. */
export interface CreditShape {
  readonly answers: number;
  readonly width: number;
  readonly problems: number;
  readonly maximumSteps: number;
  /** critiques an answer; 0 where there are none */
  readonly critiques: number;
  /** tokens of the longest reference answer; nothing where it is not probed */
  readonly referenceTokens?: number;
  /** binary checks a step; nothing where there are none */
  readonly checks?: number;
}

/** A value of a credit program; its id is the name formulas know it by. */
export interface Handle {
  readonly id: string;
  readonly shape: ValueShape;
  readonly buffer: PlanBuffer;
}

export type TracedRow = Omit<CreditRow, 'values'> & { readonly buffer: PlanBuffer };

/** Which problem, which tokens, which steps: every program has these. */
export interface Frame {
  readonly problem: PlanBuffer;
  readonly mask: PlanBuffer;
  readonly stepOfToken: PlanBuffer;
  readonly stepCount: PlanBuffer;
}

export interface RowText {
  readonly id: string;
  readonly label: string;
  readonly formula: string;
  readonly inputs?: readonly Handle[];
  readonly parameters?: OptionValues;
}

type Operand = { readonly shape: ValueShape; readonly buffer: PlanBuffer } | { readonly value: number };

export class CreditBuilder {
  readonly plan: Plan;
  readonly rows: TracedRow[] = [];
  readonly frame: Frame;
  /** signal and frame buffers by name: what has to be written before a run */
  readonly inputs: Record<string, PlanBuffer>;
  /** what this setting of the parameters asks for */
  readonly usedSignals = new Set<SignalName>();
  private readonly handles = new Map<string, Handle>();
  private temporaries = 0;

  constructor(
    readonly method: string,
    private readonly needs: readonly SignalName[],
    private readonly parameters: OptionValues,
    readonly shape: CreditShape,
  ) {
    this.plan = new Plan(`credit/${method}`);
    const { answers, width } = shape;
    this.frame = {
      problem: planBuffer(`credit/${method}/problem_N`, answers, 'u32'),
      mask: planBuffer(`credit/${method}/mask_NT`, answers * width, 'u32'),
      stepOfToken: planBuffer(`credit/${method}/stepOfToken_NT`, answers * width, 'i32'),
      stepCount: planBuffer(`credit/${method}/stepCount_N`, answers, 'u32'),
    };
    this.inputs = { ...this.frame };
  }

  number(name: string): number {
    const value = this.parameters[name];
    if (typeof value !== 'number') throw new TypeError(`${this.method} has no number parameter ${name}`);
    return value;
  }

  choice(name: string): string {
    const value = this.parameters[name];
    if (typeof value !== 'string') throw new TypeError(`${this.method} has no choice parameter ${name}`);
    return value;
  }

  /** A signal as a row. Its id is `id` (default: the signal's name). */
  signal(name: ValueSignal, id: string = name): Handle {
    const kind = SIGNALS[name];
    const known = this.handles.get(id);
    if (known !== undefined && this.inputs[name] === known.buffer) return known;
    this.demand(name);
    const made = this.output(kind.shape, { id, label: kind.label, formula: kind.meaning });
    this.inputs[name] = made.buffer;
    return made;
  }

  /** Declares another input, for operations whose signals are not plain values. */
  input(signals: SignalName | readonly SignalName[], name: string, buffer: PlanBuffer): PlanBuffer {
    for (const signal of [signals].flat()) this.demand(signal);
    return (this.inputs[name] ??= buffer);
  }

  /** A value read at a finer shape, without a row of its own. */
  lift(x: Handle, shape: ValueShape): Handle {
    if (x.shape === shape) return x;
    const lifted = { id: x.id, shape, buffer: this.scratch(this.sizeOf(shape)) };
    this.dispatch('copy', [x], lifted);
    return lifted;
  }

  /**
   * One line of arithmetic. Names in the formula are ids of rows or parameters, or keys of `names`. The line has the
   * finest shape among its operands, unless a finer one is asked for.
   */
  line(id: string, label: string, formula: string, options: { shape?: ValueShape; names?: Readonly<Record<string, Handle>> } = {}): Handle {
    const expression = parseFormula(formula);
    const inputs: Record<string, string> = {};
    const parameters: Record<string, number> = {};
    const operands = new Map<string, Operand>();
    for (const name of namesOf(expression)) {
      const handle = options.names?.[name] ?? this.handles.get(name);
      if (handle === undefined) operands.set(name, { value: (parameters[name] = this.number(name)) });
      else {
        inputs[name] = handle.id;
        operands.set(name, handle);
      }
    }
    const natural = [...operands.values()].map((one) => ('value' in one ? 'scalar' : one.shape)).reduce(finer, 'scalar');
    const shape = finer(natural, options.shape ?? 'scalar');
    const made = this.declare(id, shape);
    const whole: Expression = expression.kind === 'apply' ? expression : { kind: 'apply', operation: 'copy', operands: [expression] };
    this.compute(whole, operands, made);
    this.rows.push({ id, label, shape, formula, inputs, parameters, buffer: made.buffer });
    return made;
  }

  /** A buffer and its row, for an operation that appends its own kernel call. */
  output(shape: ValueShape, { id, label, formula, inputs = [], parameters = {} }: RowText): Handle {
    const made = this.declare(id, shape);
    this.rows.push({ id, label, shape, formula, inputs: Object.fromEntries(inputs.map((one) => [one.id, one.id])), parameters, buffer: made.buffer });
    return made;
  }

  /** A buffer that is no row. */
  scratch(length: number): PlanBuffer {
    return planBuffer(`credit/${this.method}/scratch${this.temporaries++}`, length);
  }

  sizeOf(shape: ValueShape): number {
    const { answers, width, problems, maximumSteps } = this.shape;
    switch (shape) {
      case 'scalar': return 1;
      case 'problem': return problems;
      case 'answer': return answers;
      case 'step': return answers * maximumSteps;
      case 'token': return answers * width;
    }
  }

  private demand(signal: SignalName): void {
    if (!this.needs.includes(signal)) throw new Error(`method ${this.method} uses signal ${signal} without listing it in needs`);
    this.usedSignals.add(signal);
  }

  private declare(id: string, shape: ValueShape): Handle {
    if (this.handles.has(id) || typeof this.parameters[id] === 'number') throw new Error(`method ${this.method} defines ${id} twice`);
    const made = { id, shape, buffer: planBuffer(`credit/${this.method}/${id}`, this.sizeOf(shape)) };
    this.handles.set(id, made);
    return made;
  }

  /** Evaluates a sub-expression into a number, a named row or a scratch buffer of the shape it needs. */
  private evaluate(expression: Expression, operands: ReadonlyMap<string, Operand>): Operand {
    if (expression.kind === 'number') return { value: expression.value };
    if (expression.kind === 'name') return operands.get(expression.name)!;
    const inner = expression.operands.map((one) => this.evaluate(one, operands));
    if (inner.every((one) => 'value' in one)) {
      const [a, b, c] = inner.map((one) => one.value);
      return { value: (OPERATIONS[expression.operation] as Operation).apply(a!, b ?? 0, c ?? 0) };
    }
    const shape = inner.map((one) => ('value' in one ? 'scalar' : one.shape)).reduce(finer, 'scalar');
    const target = { shape, buffer: this.scratch(this.sizeOf(shape)) };
    this.dispatch(expression.operation, inner, target);
    return target;
  }

  private compute(expression: Extract<Expression, { kind: 'apply' }>, operands: ReadonlyMap<string, Operand>, target: Handle): void {
    this.dispatch(expression.operation, expression.operands.map((one) => this.evaluate(one, operands)), target);
  }

  private dispatch(operation: OperationName, operands: readonly Operand[], target: { readonly shape: ValueShape; readonly buffer: PlanBuffer }): void {
    const { problem, mask, stepOfToken, stepCount } = this.frame;
    // Unused and constant operands still need some f32 buffer bound.
    const spare = operands.find((one) => 'buffer' in one)?.buffer ?? (this.spare ??= planBuffer(`credit/${this.method}/spare`, 1));
    const [a, b, c] = [0, 1, 2].map((index) => {
      const one = operands[index] ?? { value: 0 };
      return 'value' in one ? { buffer: spare, shape: CONSTANT_OPERAND, value: one.value } : { buffer: one.buffer, shape: SHAPE[one.shape], value: 0 };
    });
    this.plan.call(
      elementwise,
      { a: a!.buffer, b: b!.buffer, c: c!.buffer, problem_of_answer: problem, step_of_token: stepOfToken, step_count: stepCount, mask, y: target.buffer },
      {
        count: this.sizeOf(target.shape), width: this.shape.width, steps: this.shape.maximumSteps,
        operation: operationCode(operation), shape: SHAPE[target.shape],
        a_shape: a!.shape, b_shape: b!.shape, c_shape: c!.shape, a_value: a!.value, b_value: b!.value, c_value: c!.value,
      },
      target.buffer.label,
    );
  }

  private spare: PlanBuffer | undefined;
}

const finer = (one: ValueShape, other: ValueShape): ValueShape => (SHAPE[one] >= SHAPE[other] ? one : other);
