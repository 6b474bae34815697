import { expect, test } from 'vitest';
import { METHODS } from '../credit/methods';
import { PRESETS } from '../lab/presets';
import { catalogue } from './catalogue';

test('every preset tells which methods it lacks something for, with a sentence; its own method is never among them', () => {
  const { presets } = catalogue();
  expect(presets.map(({ name }) => name)).toEqual(PRESETS.map(({ name }) => name));
  for (const { name, configuration, unserved } of presets) {
    expect(unserved.map((one) => one.name), name).not.toContain(configuration.method);
    expect(unserved.length, name).toBeLessThan(METHODS.length);
    for (const { name: method, reason } of unserved) expect(reason).toMatch(new RegExp(`^Method ${method} needs the signal “.+”.*[.]$`));
  }
  // no preset trains a value model as it stands, and none has a reward model
  for (const { unserved } of presets) expect(unserved.map(({ name }) => name)).toEqual(expect.arrayContaining(['ppo', 'prime']));
});

test('is made quickly: the page waits for it', () => {
  const started = performance.now();
  expect(catalogue().methods.length).toBe(METHODS.length);
  expect(performance.now() - started).toBeLessThan(500);
});
