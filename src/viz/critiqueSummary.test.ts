import { expect, test } from 'vitest';
import type { CritiqueRecord } from '../lab/record';
import { judgedSteps, summarise } from './critiqueSummary';

const span = (count: number) => Array.from({ length: count }, (_, step) => [step, step + 1] as const);
/** Three answers; the second critique of the first answer is missing, the third answer has no checker. */
const RECORD: CritiqueRecord = {
  steps_NK: [span(2), span(1), span(1)],
  critiques_Nk: [[[0], null, [0, 1]], [[], [], []], [[0], [0], [0]]],
  isCorrect_NK: [[false, true], [false], []],
  canReachAnswer_NK: [[false, false], [false], []],
};

test('votes on each step that the checker knows', () => {
  expect(judgedSteps(RECORD, [0, 1, 2])).toEqual([
    { isWrong: true, flags: 2, valid: 2, asked: 3 }, { isWrong: false, flags: 1, valid: 2, asked: 3 }, { isWrong: true, flags: 0, valid: 3, asked: 3 },
  ]);
});

test('a step without a verdict is neither right nor wrong', () => {
  expect(judgedSteps({ ...RECORD, isKnown_NK: [[true, false], [false], []] }, [0, 1, 2])).toEqual([{ isWrong: true, flags: 2, valid: 2, asked: 3 }]);
});

// by hand: steps [2,0] [1,1] [0,3] [3,0], pairs that agree 1, 0, 1, 1; 6 of 10 votes flag, chance (36 + 16) / 100; (0.75 − 0.52) / 0.48
test('readable critiques, agreement over all steps, and which flags are right', () => {
  const summary = summarise(RECORD, [0, 1, 2]);
  expect(summary).toMatchObject({ critiques: 9, missing: [{ why: 'lost', count: 1 }], outOfRange: 0, flags: { right: 2, wrong: 1, missed: 3 } });
  expect(summary.agreement).toEqual({ kappa: expect.closeTo(0.23 / 0.48, 12), observed: 0.75, items: 4 });
  expect(summarise(RECORD, [2])).toMatchObject({ critiques: 3, missing: [], flags: undefined });
});

test('of a judge that writes, why critiques are missing', () => {
  const judge = { model: 'm', where: 'h', system: '', user: '', said_Nk: [[{ text: '', verdict: 'read', outOfRange: 2 }, { text: '', verdict: 'failed', outOfRange: 0 }, { text: '', verdict: 'read', outOfRange: 1 }], [], []] } as const;
  expect(summarise({ ...RECORD, critiques_Nk: [RECORD.critiques_Nk[0]!, [], []], judge }, [0, 1, 2])).toMatchObject({ critiques: 3, missing: [{ why: 'not answered', count: 1 }], outOfRange: 3 });
});

test('nobody judged', () => {
  expect(summarise({ ...RECORD, critiques_Nk: [[], [], []] }, [0, 1, 2])).toEqual({ critiques: 0, missing: [], outOfRange: 0, agreement: undefined, flags: undefined });
});
