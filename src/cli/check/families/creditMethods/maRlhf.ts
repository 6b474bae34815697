import type { CreditMethodReader, RowReading } from '../creditCase';

/** Offsets after the last token of each chunk, rather than a mark on it. */
const chunkEnds: RowReading = {
  row: 'isEnd',
  read: (isEnd_NT, { shape: { answers, width } }) =>
    Array.from({ length: answers }, (_, n) => Array.from({ length: width }, (_, t) => t + 1).filter((end) => isEnd_NT[n * width + end - 1] === 1)),
};

export const maRlhf: CreditMethodReader = {
  fixtureMethod: 'ma_rlhf',
  read: (params) => ({
    method: 'ma_rlhf',
    parameters: {
      n: params.number('n'), sigma: params.text('sigma'), klWeight: params.numberOr('kl_beta', 0), rewardClip: params.number('reward_clip'),
      gamma: params.numberOr('gamma', 1), lambda: params.number('lam'),
    },
    rows: { chunk_ends: chunkEnds, value_targets: 'returns' },
  }),
};
