// Credit for answers made elsewhere: every method that needs no policy, on the processor.

import type { CreditShape } from '../../credit/builder';
import type { CreditMethod } from '../../credit/method';
import { METHODS } from '../../credit/methods';
import { traceCredit } from '../../credit/trace';
import type { Executor } from '../../gpu/executor';
import type { RefusedMethod } from '../fidelity/compare';
import { assignCredit } from '../phases/credit';
import type { CreditRecord } from '../record';
import { answerSignals, readsVerdicts, unmetOnAnswers } from './answerSignals';
import type { AnswersBatch } from './answersBatch';

export interface AbleMethod {
  readonly name: string;
  readonly title: string;
  readonly explanation: string;
  /** its credit is made of the verdicts on steps themselves */
  readonly readsVerdicts: boolean;
}

export interface MethodsOfAnswers {
  readonly able: readonly AbleMethod[];
  readonly refused: readonly RefusedMethod[];
}

/** Which methods can run on a batch, and why the others cannot. */
export function methodsOfAnswers(batch: AnswersBatch): MethodsOfAnswers {
  const reasons = METHODS.map((method) => unmetOnAnswers(method, batch));
  return {
    able: METHODS.filter((_, i) => reasons[i] === undefined).map((method) => ({ name: method.name, title: method.title, explanation: method.explanation, readsVerdicts: readsVerdicts(method, batch) })),
    refused: METHODS.flatMap(({ name, title }, i) => (reasons[i] === undefined ? [] : [{ name, title, reason: reasons[i]! }])),
  };
}

/** One method's program with its default parameters on a batch that it can run on. */
export async function creditAnswers(executor: Executor, method: CreditMethod, batch: AnswersBatch): Promise<CreditRecord> {
  const traced = traceCredit(method, {}, shapeOf(batch));
  await executor.prepare(traced.plan);
  try {
    return await assignCredit(executor, traced, answerSignals(batch, traced.needs), batch.critique);
  } finally {
    executor.release(...traced.plan.buffers());
  }
}

function shapeOf({ sample, critique }: AnswersBatch): CreditShape {
  return {
    answers: sample.answers, width: sample.width, problems: sample.problems_P.length,
    critiques: Math.max(1, ...critique.critiques_Nk.map(({ length }) => length)),
    maximumSteps: Math.max(1, ...critique.steps_NK.map(({ length }) => length)),
  };
}
