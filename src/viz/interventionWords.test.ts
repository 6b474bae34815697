import { expect, it } from 'vitest';
import { changeWords } from './interventionWords';

it('says what was changed', () => {
  const options = [{ name: 'optimizer.learningRate', label: 'Learning rate' }];
  expect(changeWords({ kind: 'settings', update: 3, settings: { 'optimizer.learningRate': 0.0003, 'sampling.temperature': 1.2 } }, options)).toBe('learning rate 3e−4, sampling.temperature 1.2');
  const edit = { kind: 'outcome', answer: 0, value: 1 } as const;
  expect(changeWords({ kind: 'edits', update: 3, edits: [edit] }, options)).toBe('a number was changed by hand before its gradient');
  expect(changeWords({ kind: 'edits', update: 3, edits: [edit, edit] }, undefined)).toBe('2 numbers were changed by hand before its gradient');
});
