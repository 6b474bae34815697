import { expect, it } from 'vitest';
import type { RunConfiguration } from '../lab/configuration';
import type { Intervention } from '../lab/interventions';
import { toldInterventions } from './interventionWords';

const CONFIGURATION = { optimizer: { learningRate: 0.001 }, sampling: { temperature: 1 } } as RunConfiguration;
const OPTIONS = [{ name: 'optimizer.learningRate', label: 'Learning rate' }];
const tell = (interventions: readonly Intervention[], problem_N?: Uint32Array) =>
  toldInterventions({ configuration: CONFIGURATION, interventions }, OPTIONS, (update) => (problem_N === undefined || update !== 3 ? undefined : { problem_N })).map(({ update, words }) => [update, words]);

it('says what a setting was before, update by update', () => {
  expect(tell([
    { kind: 'settings', update: 9, settings: { 'optimizer.learningRate': 0.002 } }, { kind: 'settings', update: 3, settings: { 'optimizer.learningRate': 0.0003, 'sampling.temperature': 1.2 } },
  ])).toEqual([[3, 'learning rate 3e−4 instead of 0.001, sampling.temperature 1.2 instead of 1'], [9, 'learning rate 0.002 instead of 3e−4']]);
});

it('says which numbers were changed, by problem where the update’s record is there', () => {
  const edits = [
    { kind: 'outcome', answer: 5, value: 1 }, { kind: 'flag', answer: 0, critique: 1, step: 2, isFlagged: true }, { kind: 'number', row: 'R', answer: 4, token: 3, value: 2 },
  ] as const;
  const answers = Uint32Array.of(0, 0, 0, 0, 1, 1, 1, 1);
  expect(tell([{ kind: 'edits', update: 3, edits }], answers)).toEqual([[3, 'trained with 3 changed numbers: answer 2 to problem 2 counted as right; critique 2 called step 3 of answer 1 to problem 1 wrong; R of token 4 of answer 1 to problem 2 was set to 2']]);
  expect(tell([{ kind: 'edits', update: 4, edits: [edits[0]] }], answers)).toEqual([[4, 'trained with a changed number: answer 6 of the update counted as right']]);
  expect(tell([{ kind: 'edits', update: 4, edits: Array(9).fill(edits[0]) }])[0]![1]).toMatch(/^trained with 9 changed numbers: .*; and 5 more$/);
});
