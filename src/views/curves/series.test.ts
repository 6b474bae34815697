// What the curves read: the lines of a run, and where a line lacks it the record of the update, as far as it is kept.

import { expect, it } from 'vitest';
import { exampleRun } from '../story/exampleRun';
import { advancedSeries, mainSeries, moreSeries, valuesOf } from './series';

const { updates } = exampleRun(3, 1);
const lines = updates.map(({ line }) => line);
const withValues = lines.map((line) => ({ ...line, explainedVariance: 0.2 }));
const titles = (series: readonly { readonly title: string }[]): readonly string[] => series.map(({ title }) => title);

it('says which policy the KL is measured from', () => {
  const noteOf = (hasReference: boolean) => mainSeries({ hasReference }).find(({ id }) => id === 'kl')!.note;
  expect([noteOf(true), noteOf(false)]).toEqual(['from the run’s first policy', 'from the policy that sampled']);
});

it('reads the loss from the records that are kept, and has a gap where one is not', () => {
  const records = [{ ...updates[1]!, gradient: { ...updates[1]!.gradient, loss: -0.25 } }];
  const loss = advancedSeries(lines).find(({ id }) => id === 'loss')!;
  expect(valuesOf(loss, lines, records)).toEqual([null, -0.25, null]);
});

it('has the value model’s curves where there is one', () => {
  expect(titles(moreSeries(lines))).not.toContain('Explained variance');
  expect(titles(advancedSeries(lines))).not.toContain('Value error');
  expect(titles(moreSeries(withValues))).toContain('Explained variance');
  const error = advancedSeries(withValues).find(({ title }) => title === 'Value error')!;
  expect(valuesOf(error, lines.slice(0, 1), [{ ...updates[0]!, valueModel: { loss: 0.5, clipShare: 0, gradientNorm: 1, explainedVariance: 0.2 } }])).toEqual([0.5]);
});
