import { describe, expect, it } from 'vitest';
import { addSettings, configurationAt, LIVE_SETTINGS, readLiveSettings, type Intervention } from './interventions';
import { readConfiguration } from './readConfiguration';
import { SETTINGS } from './settings';

const configuration = readConfiguration({ method: 'grpo', loss: { klKind: 'k3', klWeight: 0.1 }, optimizer: { learningRate: 0.001 }, sampling: { temperature: 1 } });
const INTERVENTIONS: readonly Intervention[] = [
  { kind: 'settings', update: 3, settings: { 'optimizer.learningRate': 0.01 } },
  { kind: 'edits', update: 4, edits: [{ kind: 'outcome', answer: 0, value: 1 }] },
  { kind: 'settings', update: 5, settings: { 'sampling.temperature': 2, 'loss.klWeight': 0 } },
];

it('what holds in an update is what was last set before it or for it', () => {
  const at = (update: number): number[] => {
    const { optimizer, sampling, loss } = configurationAt(configuration, INTERVENTIONS, update);
    return [optimizer.learningRate, sampling.temperature, loss.klWeight];
  };
  expect(at(2)).toEqual([0.001, 1, 0.1]);
  expect(at(3)).toEqual([0.01, 1, 0.1]);
  expect(at(5)).toEqual([0.01, 2, 0]);
  expect(at(99)).toEqual(at(5));
  expect(configurationAt(configuration, undefined, 7)).toBe(configuration);
});

it('a second thought about the same update takes the place of the first', () => {
  const once = addSettings(INTERVENTIONS, 6, { 'optimizer.learningRate': 1, 'sampling.temperature': 0.5 });
  expect(addSettings(once, 6, { 'optimizer.learningRate': 2 })).toEqual([...INTERVENTIONS, { kind: 'settings', update: 6, settings: { 'optimizer.learningRate': 2, 'sampling.temperature': 0.5 } }]);
});

describe('what may change while a run goes on', () => {
  it('is in the table of settings, within its bounds', () => {
    for (const name of LIVE_SETTINGS) expect(SETTINGS.some((option) => option.name === name)).toBe(true);
    expect(readLiveSettings({ 'optimizer.learningRate': 0.1 }, configuration)).toEqual({ 'optimizer.learningRate': 0.1 });
    expect(() => readLiveSettings({ 'optimizer.learningRate': -1 }, configuration)).toThrow('Learning rate must be from 0 to 1.');
    expect(() => readLiveSettings({ 'sampling.temperature': Number.NaN }, configuration)).toThrow(RangeError);
  });
  it('shapes nothing that was built', () => {
    expect(() => readLiveSettings({ problemsPerUpdate: 3 }, configuration)).toThrow('problemsPerUpdate cannot change while a run goes on.');
    expect(() => readLiveSettings({ __proto__: 1, 'loss.clipLow': 0.1 } as never, configuration)).toThrow('loss.clipLow cannot change');
    expect(() => readLiveSettings({ 'loss.klWeight': 1 }, { ...configuration, loss: { ...configuration.loss, klKind: 'none' } })).toThrow('keeps no reference policy');
  });
});
