import type { CreditMethodReader, RowReading } from '../creditCase';

/** Indices of the steps that are flagged, rather than a number a step. */
const flaggedSteps: RowReading = {
  row: 'flag',
  read: (flag_NK, { shape, stepCount_N }) => stepCount_N.map((steps, n) => Array.from({ length: steps }, (_, k) => k).filter((k) => flag_NK[n * shape.maximumSteps + k] !== 0)),
};

export const capo: CreditMethodReader = {
  fixtureMethod: 'capo',
  read: (params) => ({
    method: 'capo',
    parameters: { W: params.number('W'), P: params.number('P'), rule: params.text('rule'), epsilon: params.number('eps'), ddof: params.numberOr('ddof', 1) },
    rows: { token_rewards: 'R', flagged_steps: flaggedSteps, flag_fraction: 'flag' },
  }),
};
