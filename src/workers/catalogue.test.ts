import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { METHODS } from '../credit/methods';
import { readRunFile } from '../formats/runFile';
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
  // one preset trains a value model, and none has a reward model
  for (const { name, unserved } of presets) {
    expect(unserved.map((one) => one.name)).toContain('prime');
    expect(unserved.some((one) => one.name === 'ppo'), name).toBe(name !== 'critic');
  }
});

test('four to six presets are offered first, each titled by what it shows, short enough for its field', () => {
  const first = catalogue().presets.filter(({ isFurther }) => isFurther !== true);
  expect(first.length).toBeGreaterThanOrEqual(4);
  expect(first.length).toBeLessThanOrEqual(6);
  for (const { title } of catalogue().presets) {
    expect(title.length).toBeLessThanOrEqual(26);
    expect(title).not.toMatch(/\d/);
  }
});

test('the setup opens with the recipe of the recorded run that the page opens with', () => {
  const { header } = readRunFile(readFileSync('public/runs/default.json', 'utf8'));
  expect(catalogue().opening).toEqual(header.configuration);
});

test('is made quickly: the page waits for it', () => {
  const started = performance.now();
  expect(catalogue().methods.length).toBe(METHODS.length);
  expect(performance.now() - started).toBeLessThan(500);
});
