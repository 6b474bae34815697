// Runs a method's program once for a batch's shape. What comes back is a plan, the buffers to fill before it runs, and a
// row for each line of the program. The same plan serves every batch of that shape, on either executor.

import type { PlanBuffer } from '../gpu/buffer';
import type { Executor } from '../gpu/executor';
import { floatsOf } from '../gpu/executor';
import type { Plan } from '../gpu/plan';
import type { CreditRow } from '../lab/record';
import type { OptionValues } from '../tasks/task';
import { CreditBuilder, type CreditShape, type Handle, type TracedRow } from './builder';
import type { CreditMethod } from './method';
import { readParameters } from './parameters';
import type { SignalName } from './signals';

export interface TracedCredit {
  readonly method: string;
  readonly parameters: OptionValues;
  readonly shape: CreditShape;
  readonly plan: Plan;
  /** the signals that this setting of the parameters asks for */
  readonly needs: readonly SignalName[];
  /** signal (and frame) name -> buffer; writeSignals fills them */
  readonly inputs: Readonly<Record<string, PlanBuffer>>;
  /** in program order; the last is the advantage of each token */
  readonly rows: readonly TracedRow[];
  /** [answers, width], 0 where the mask is 0 */
  readonly advantages: PlanBuffer;
  /** [answers], where the method gives one advantage an answer */
  readonly answerAdvantages: PlanBuffer | undefined;
  /** [answers, width] */
  readonly clipRange: PlanBuffer | undefined;
  /** [answers] */
  readonly rowMask: PlanBuffer | undefined;
  /** [answers, width] */
  readonly valueTargets: PlanBuffer | undefined;
}

/** parts of a shape that a batch can be without */
const MAY_BE_NONE = ['critiques', 'referenceTokens', 'checks'];

export function traceCredit(method: CreditMethod, given: OptionValues, shape: CreditShape): TracedCredit {
  for (const [name, value] of Object.entries(shape)) {
    if (!Number.isSafeInteger(value) || value < (MAY_BE_NONE.includes(name) ? 0 : 1)) throw new RangeError(`credit shape: ${name} = ${value}`);
  }
  const parameters = readParameters(method.name, method.parameters, given);
  const c = new CreditBuilder(method.name, method.needs, parameters, shape);
  const outputs = method.program(c);
  const wanted = (handle: Handle | undefined, kind: Handle['shape'], name: string): PlanBuffer | undefined => {
    if (handle !== undefined && handle.shape !== kind) throw new TypeError(`method ${method.name}: ${name} must be ${kind}-shaped`);
    return handle?.buffer;
  };
  const isPerAnswer = outputs.advantages.shape !== 'token';
  const isLast = c.rows.at(-1)?.id === outputs.advantages.id;
  const advantages = isPerAnswer || !isLast
    ? c.line('advantage', 'Advantage of the token', `{${outputs.advantages.id}}`, { shape: 'token' })
    : outputs.advantages;
  return {
    method: method.name, parameters, shape,
    plan: c.plan, needs: [...c.usedSignals], inputs: c.inputs, rows: c.rows,
    advantages: advantages.buffer,
    answerAdvantages: outputs.advantages.shape === 'answer' ? outputs.advantages.buffer : undefined,
    clipRange: wanted(outputs.clipRange, 'token', 'clipRange'),
    rowMask: wanted(outputs.rowMask, 'answer', 'rowMask'),
    valueTargets: wanted(outputs.valueTargets, 'token', 'valueTargets'),
  };
}

/** Runs the plan, once the signals are written; the rows with their numbers. Step rows are [answers, maximumSteps]. */
export async function runCredit(executor: Executor, traced: TracedCredit): Promise<CreditRow[]> {
  const values = await executor.runAndRead([{ plan: traced.plan }], traced.rows.map(({ buffer }) => buffer));
  return traced.rows.map(({ buffer: _, ...row }, i) => ({ ...row, values: floatsOf(values[i]) }));
}
