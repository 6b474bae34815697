// What is known of steps: where they are, the exact checker's verdicts, the critics' votes, and the task's own facts about them.
// The stop token of an answer can be a step of its own (answerSteps.ts), which the task does not know: it is in the state that the
// last step left, needs no further step and passes its checks exactly where it is right.

import type { StepFacts } from '../../tasks/task';
import type { CritiqueRecord } from '../record';
import { tokensOf } from '../rows';
import { decode } from '../tokens';
import type { Bench, RecordedProvider, RecordedScene } from './provider';

export const steps: RecordedProvider = {
  makes: ['steps', 'stepCorrect'],
  make: ({ critique }) => ({ steps_NK: critique.steps_NK, values: { stepCorrect: critique.isCorrect_NK.map((row) => row.map(Number)) } }),
};

export const critiques: RecordedProvider = {
  makes: ['critiques'],
  make: ({ critique }) => ({
    critiques_Nk: critique.critiques_Nk, cost: { forwards: 0, rollouts: 0, judgeCalls: critique.critiques_Nk.reduce((sum, row) => sum + row.length, 0) },
  }),
};

/**
 * A stand-in for a trained process reward model: the share of valid critiques that find nothing wrong with the step; one half where all
 * critiques are missing.
 */
export function passShares({ steps_NK, critiques_Nk }: Pick<CritiqueRecord, 'steps_NK' | 'critiques_Nk'>): number[][] {
  return steps_NK.map((spans, n) => spans.map((_, k) => {
    const valid = critiques_Nk[n]!.filter((one) => one !== null);
    return valid.length === 0 ? 0.5 : valid.filter((flagged) => !flagged.includes(k)).length / valid.length;
  }));
}

/** Signed: chance of good minus chance of bad. */
export const criticAsProcessModel: RecordedProvider = {
  makes: ['prmProb', 'prmSigned'],
  make: ({ critique }) => {
    const prmProb = passShares(critique);
    return {
      values: { prmProb, prmSigned: prmProb.map((row) => row.map((p) => 2 * p - 1)) },
      cost: { forwards: 0, rollouts: 0, judgeCalls: critique.critiques_Nk.reduce((sum, row) => sum + row.length, 0) },
    };
  },
};

const lacksFacts = ({ task }: Bench): string | undefined => (task.describe === undefined ? `task ${task.name} does not describe its steps` : undefined);

export const states: RecordedProvider = {
  makes: ['states'],
  refusal: lacksFacts,
  make: (scene) => ({ states_NK: factsOf(scene).map((row) => row.map(({ stateBefore }) => stateBefore)) }),
};

export const checks: RecordedProvider = {
  makes: ['checks'],
  refusal: ({ task }) => (task.stepChecks === undefined ? `task ${task.name} has no separate checks of a step` : lacksFacts({ task } as Bench)),
  shape: ({ task }) => ({ checks: task.stepChecks!.length }),
  make: (scene) => ({ checks_NKC: factsOf(scene).map((row) => row.map((one) => one.checks)) }),
};

/** m and s of ReST-MCTS*: steps left to a right answer, and whether one can be reached. */
export const reach: RecordedProvider = {
  makes: ['restSteps', 'restReachable'],
  refusal: lacksFacts,
  make: (scene) => ({
    values: {
      restSteps: factsOf(scene).map((row) => row.map(({ stepsLeft }) => stepsLeft)),
      restReachable: scene.critique.canReachAnswer_NK.map((row) => row.map((one) => (one ? 1 : -1))),
    },
  }),
};

export const plans: RecordedProvider = {
  makes: ['planMask'],
  refusal: ({ task }) => (task.plans === undefined ? `task ${task.name} does not tell planning from carrying out` : undefined),
  make: ({ task, sample }) => {
    const planMask = new Float32Array(sample.answers * sample.width);
    for (let n = 0; n < sample.answers; n++) {
      const text = decode(task.alphabet, tokensOf(sample, n));
      for (const t of task.plans!(sample.problems_P[sample.problem_N[n]!]!, text)) planMask[n * sample.width + t] = 1;
    }
    return { values: { planMask } };
  },
};

function factsOf({ task, sample, critique }: RecordedScene): StepFacts[][] {
  return critique.steps_NK.map((spans, n) => {
    const problem = sample.problems_P[sample.problem_N[n]!]!;
    const facts = task.describe!(problem, decode(task.alphabet, tokensOf(sample, n)));
    if (facts.length === spans.length) return facts;
    const isRight = critique.isCorrect_NK[n]!.at(-1) === true ? 1 : 0;
    const stateBefore = facts.length === 0 ? 'nothing said' : `after ${facts.at(-1)!.stateBefore}`;
    return [...facts, { stateBefore, stepsLeft: isRight === 1 ? 0 : (facts.at(-1)?.stepsLeft ?? 0), checks: (task.stepChecks ?? []).map(() => isRight) }];
  });
}
