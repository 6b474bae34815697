// The state of a run as a file: every bit comes back, and whatever is wrong with a file is refused with the reason.

import { crc32 as zlibCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { UpdateLine } from '../lab/record';
import type { RunState } from '../lab/runState';
import type { ModelConfig } from '../model/config';
import { parameterShapes } from '../model/parameterLayout';
import { RandomStream } from '../random/threefry';
import { crc32 } from './crc32';
import { FormatError } from './formatError';
import { madeUpRun } from './runFileTesting';
import { readRunState, writeRunState } from './runStateFile';
import { SafetensorsFile, writeSafetensors, type Tensor } from './safetensors';

const model: ModelConfig = {
  family: 'llama', hiddenSize: 4, layers: 1, heads: 2, kvHeads: 1, headDim: 2, intermediateSize: 3, vocabularySize: 5,
  ropeTheta: 10_000, rmsNormEpsilon: 1e-6, isTied: false, hasAttentionBias: false, hasQkNorm: false, maximumPositions: 64,
};
/** numbers that rounding to a few digits would change */
const line = (update: number): UpdateLine => ({
  ...madeUpRun(1, 1).updates[0]!.line, update, reward: 1 / 3, accuracy: update === 2 ? 0.1 + 0.2 : null, entropy: Math.PI, kl: 1e-17, gradNorm: Math.SQRT2,
});

function tensors(seed: number, of = model): Map<string, Tensor> {
  const random = new RandomStream([seed, 3]);
  return new Map([...parameterShapes(of)].map(([name, shape]) => [name, { shape, data: Float32Array.from({ length: shape.reduce((a, b) => a * b) }, () => random.uniform()) }]));
}

const values = (change: Partial<NonNullable<RunState['values']>> = {}): NonNullable<RunState['values']> => {
  const config = { ...model, hasValueHead: true };
  return { weights: tensors(5, config), firstMoment: tensors(6, config), secondMoment: tensors(7, config), steps: 8, ...change };
};

function state(change: Partial<RunState> = {}, policy: Partial<RunState['policy']> = {}): RunState {
  const { header } = madeUpRun(0, 1);
  return {
    header: { ...header, earlier: [{ until: 1, executor: 'cpu', adapter: 'slow', kernelChoice: {} }] }, model, characters: ['a', 'b', 'c'], lines: [line(1), line(2)], kernelChoice: { 'linalg/matmul_nt': 'vec4' },
    policy: { weights: tensors(1), firstMoment: tensors(2), secondMoment: tensors(3), reference: tensors(4), steps: 2, ...policy }, ...change,
  };
}

test('every number comes back exactly, denormal and negative zero among them', () => {
  const original = state();
  original.policy.weights.get('model.norm.weight')!.data.set([-0, 1e-45, -3.4e38]);
  expect(readRunState(writeRunState(original))).toEqual(original);
  const { reference: _, ...without } = original.policy;
  expect(readRunState(writeRunState({ ...original, policy: without }))).toEqual({ ...original, policy: without });
});

test('a value model comes back beside the policy, under names of its own', () => {
  const original = state({ values: values() });
  const bytes = writeRunState(original);
  expect(readRunState(bytes)).toEqual(original);
  const names = [...new SafetensorsFile(bytes).entries.keys()];
  expect(names).toEqual(expect.arrayContaining(['weights/lm_head.weight', 'value/weights/value_head.weight', 'value/second_moment/model.norm.weight']));
  expect(names).not.toContain('value/weights/lm_head.weight');
});

test('CRC-32 is that of zip: the check value of its catalogue, in one piece and in two', () => {
  const bytes = new TextEncoder().encode('123456789');
  expect(crc32(bytes)).toBe(0xcbf43926);
  expect(crc32(bytes.subarray(4), crc32(bytes.subarray(0, 4)))).toBe(0xcbf43926);
});

test('the checksum of any length and in any pieces is that of zlib', () => {
  const bytes = Uint8Array.from({ length: 4096 }, (_, i) => (i * 2654435761) >>> 13);
  for (const length of [0, 1, 7, 8, 9, 15, 16, 17, 63, 4095, 4096]) {
    const some = bytes.subarray(4096 - length);
    expect(crc32(some), `${length} bytes`).toBe(zlibCrc32(some));
    expect(crc32(some.subarray(length >> 1), crc32(some.subarray(0, length >> 1))), `${length} bytes in two pieces`).toBe(zlibCrc32(some));
  }
});

describe('a file that is wrong is refused with the reason', () => {
  const bytes = writeRunState(state());

  test('cut off at any byte, or with any bit turned over', () => {
    fc.assert(fc.property(fc.nat(bytes.length - 1), (length) => {
      expect(() => readRunState(bytes.slice(0, length))).toThrow(FormatError);
    }), { numRuns: 100 });
    const original = readRunState(bytes);
    fc.assert(fc.property(fc.nat(bytes.length - 1), fc.nat(7), (at, bit) => {
      const damaged = bytes.slice();
      damaged[at]! ^= 1 << bit;
      let read: RunState | undefined;
      try {
        read = readRunState(damaged);
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
      }
      // a turned bit may miss the contents: padding of the header, its "format" field
      if (read !== undefined) expect(read).toEqual(original);
    }), { numRuns: 300 });
  });

  test('damage in the numbers is told as damage', () => {
    const damaged = bytes.slice();
    damaged[bytes.length - 6]! ^= 1;
    expect(() => readRunState(damaged, 'run.state')).toThrow(/run.state: is damaged: its contents have checksum/);
  });

  test.each<[string, Partial<RunState>, Partial<RunState['policy']>, RegExp]>([
    ['a NaN weight', {}, { weights: changed('lm_head.weight', Number.NaN) }, /tensor "weights\/lm_head.weight" holds NaN at 1/],
    ['an infinite moment', {}, { firstMoment: changed('lm_head.weight', Infinity) }, /"first_moment\/lm_head.weight" holds Infinity/],
    ['a negative second moment', {}, { secondMoment: changed('lm_head.weight', -1) }, /"second_moment\/lm_head.weight" holds -1/],
    ['lines with a gap', { lines: [line(1), line(3)] }, {}, /state.lines\[1\].update: is 3/],
    ['steps that do not fit the updates', {}, { steps: 3 }, /state.steps: is 3; 2 updates of 1 steps make 2/],
    ['another alphabet than the vocabulary', { characters: ['a'] }, {}, /state.characters: has 1 entries; a vocabulary of 5 has 3/],
    ['a stretch of the future', { lines: [], header: { ...state().header, earlier: [{ until: 9, executor: 'cpu', adapter: '', kernelChoice: {} }] } }, { steps: 0 }, /earlier: reaches to update 9 of 0/],
    ['a missing tensor', {}, { weights: without('model.norm.weight') }, /lacks tensor "weights\/model.norm.weight"/],
    ['half a reference', {}, { reference: without('model.norm.weight') }, /lacks tensor "reference\/model.norm.weight"/],
    ['a surplus tensor', {}, { weights: new Map([...tensors(1), ['x', { shape: [1], data: new Float32Array(1) }]]) }, /holds tensor "weights\/x", which its model does not have/],
    ['half a value model', { values: values({ firstMoment: new Map() }) }, {}, /lacks tensor "value\/first_moment\/model.embed_tokens.weight"/],
    ['a negative second moment of the value model', { values: values({ secondMoment: new Map([...tensors(7, { ...model, hasValueHead: true }), ['value_head.weight', { shape: [1, 4], data: Float32Array.of(0, -1, 0, 0) }]]) }) }, {}, /"value\/second_moment\/value_head.weight" holds -1 at 1/],
    ['a misshapen tensor', {}, { weights: new Map([...tensors(1), ['model.norm.weight', { shape: [2, 2], data: new Float32Array(4) }]]) }, /has shape \[2, 2\]; its model needs \[4\]/],
  ])('%s', (_, change, policy, message) => {
    const { policy: whole, ...rest } = state({}, policy);
    expect(() => readRunState(writeRunState({ ...rest, ...change, policy: whole }))).toThrow(message);
  });

  test.each<[string, (fields: Record<string, unknown>) => void, RegExp]>([
    ['another format', (fields) => { fields['format'] = 'creditscope-state/9'; }, /state.format: is "creditscope-state\/9", of a newer Creditscope/],
    ['a model this engine does not compute', (fields) => { fields['model'] = '{"model_type":"mamba"}'; }, /state.model: model_type: "mamba" is not supported/],
    ['a model that is no JSON', (fields) => { fields['model'] = '{'; }, /state.model: is not JSON/],
    ['lines that are none', (fields) => { fields['lines'] = 3; }, /state.lines: must be a list/],
    ['a kernel choice that pollutes', (fields) => { fields['kernelChoice'] = JSON.parse('{"__proto__":"x"}') as unknown; }, /kernelChoice: must not name a field "__proto__"/],
    ['a value model that nothing tells of', (fields) => { fields['valueSteps'] = 3; }, /lacks tensor "value\//],
    ['steps below zero', (fields) => { fields['steps'] = -1; }, /state.steps: must be a whole number/],
  ])('%s', (_, change, message) => {
    const file = new SafetensorsFile(bytes);
    const fields = JSON.parse(file.metadata['state']!) as Record<string, unknown>;
    change(fields);
    const rewritten = writeSafetensors(new Map([...file.entries.keys()].map((name) => [name, file.tensor(name)])), { ...file.metadata, state: JSON.stringify(fields) });
    expect(() => readRunState(rewritten)).toThrow(message);
  });

  test('a policy, which is a safetensors file too', () => {
    expect(() => readRunState(writeSafetensors(tensors(1)), 'model.safetensors')).toThrow(/model.safetensors: is a safetensors file, but not the state of a run/);
  });
});

function changed(name: string, value: number): Map<string, Tensor> {
  const made = tensors(1);
  made.get(name)!.data[1] = value;
  return made;
}

function without(name: string): Map<string, Tensor> {
  const made = tensors(1);
  made.delete(name);
  return made;
}
