import { describe, expect, test } from 'vitest';
import { PRESETS } from './presets';
import { readConfiguration } from './readConfiguration';
import { SETTINGS } from './settings';

test('nothing given is the default preset, with all task options and method parameters spelled out', () => {
  const { taskOptions, methodParameters, ...rest } = readConfiguration({});
  expect(taskOptions).toEqual({ modulus: 10, operations: 3, digits: 1, operators: '+-*' });
  expect(methodParameters).toMatchObject({ std: 'group', ddof: 1 });
  expect(rest).toEqual({ ...PRESETS[0]!.configuration, taskOptions: undefined, methodParameters: undefined });
});

test('what was read reads as itself', () => {
  for (const { name } of PRESETS) {
    const configuration = readConfiguration({ preset: name, method: 'capo', methodParameters: { W: 3 }, seed: 7 });
    expect(readConfiguration(JSON.parse(JSON.stringify(configuration)))).toEqual(configuration);
  }
});

test('the settings have the bounds that their defaults obey, and the default preset has these defaults', () => {
  const configuration = readConfiguration({});
  for (const { name, default: value } of SETTINGS) {
    const found = name.split('.').reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], configuration);
    expect(found, name).toBe(value);
  }
});

test('a setting overrides its preset and leaves the others', () => {
  const configuration = readConfiguration({ preset: 'small', loss: { clipHigh: 0.28 }, optimizer: { learningRate: 5e-4 } });
  expect(configuration.loss).toEqual({ ...PRESETS[1]!.configuration.loss, clipHigh: 0.28 });
  expect(configuration.optimizer.learningRate).toBe(5e-4);
  expect(configuration.problemsPerUpdate).toBe(8);
});

describe('refuses, by the name of the option', () => {
  test.each<[unknown, RegExp]>([
    [null, /configuration is not an object/],
    [[], /configuration is not an object/],
    [{ preset: 'huge' }, /unknown preset "huge"; known presets: default, small/],
    [{ method: 'gpro' }, /unknown credit method "gpro"; known methods are: .*grpo/],
    [{ task: 'sudoku' }, /unknown task "sudoku"; known tasks: chain/],
    [{ preset: 3 }, /preset = 3 is not a text/],
    [{ seed: -1 }, /seed = -1 is not between 0 and 4294967295/],
    [{ seed: 1.5 }, /seed = 1.5 is not a whole number/],
    [{ seed: '1' }, /seed = "1" is not a number/],
    [{ optimizer: { learningRate: NaN } }, /optimizer.learningRate = null is not a number/],
    [{ optimizer: { lr: 1 } }, /optimizer has no option "lr"; it has learningRate/],
    [{ optimizer: 3 }, /optimizer is not an object/],
    [{ sampling: { temperature: 0 } }, /sampling.temperature = 0 is not between 0.05 and 5/],
    [{ loss: { aggregation: 'mean' } }, /loss.aggregation = "mean" is not one of token-mean/],
    [{ loss: { dualClip: 0.5 } }, /loss.dualClip = 0.5 must be 0 \(off\) or above 1/],
    [{ loss: { klKind: 'none', klWeight: 0.1 } }, /loss.klWeight = 0.1 needs loss.klKind/],
    [{ problemsPerUpdate: 1, answersPerProblem: 2, loss: { minibatches: 3 } }, /loss.minibatches = 3 is above the 2 answers/],
    [{ problemsPerUpdate: 1024, answersPerProblem: 64 }, /problemsPerUpdate x answersPerProblem = 65536 is above 16384/],
    [{ optimizer: { schedule: 'linear', warmupUpdates: 60 } }, /optimizer.scheduleUpdates = 60 must be above optimizer.warmupUpdates = 60/],
    [{ taskOptions: { modulus: 1 } }, /modulus = 1/],
    [{ taskOptions: 'x' }, /taskOptions is not an object/],
    [{ methodParameters: { W: 1 } }, /method grpo has no parameter "W"/],
    [{ method: 'capo', methodParameters: { W: 1e9 } }, /W = 1000000000/],
    [{ critic: { missing: 2 } }, /critic.missing = 2 is not between 0 and 1/],
    [{ policy: '../secret' }, /policy = "..\/secret" is not the name of a folder/],
    [JSON.parse('{"__proto__": {"seed": 5}}'), /has no option "__proto__"/],
    [{ constructor: 1 }, /has no option "constructor"/],
  ])('%j', (given, message) => {
    expect(() => readConfiguration(given)).toThrow(RangeError);
    expect(() => readConfiguration(given)).toThrow(message);
  });
});
