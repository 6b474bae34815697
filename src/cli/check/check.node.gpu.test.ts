import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { check } from './check';

const MINUTES = 60_000;

async function run(folder: string): Promise<{ code: number; lines: string[]; last: string }> {
  const lines: string[] = [];
  const code = await check(folder, (line) => lines.push(line));
  return { code, lines, last: lines.at(-1)! };
}

test('every reference fixture passes on both executors, none is skipped', async () => {
  const { code, lines, last } = await run('e2e/fixtures');
  expect(lines.filter((line) => !line.endsWith('pass'))).toEqual([last]);
  expect(lines.filter((line) => line.includes('not compared'))).toEqual([]);
  expect(last).toBe('456 passed, 0 failed, 0 skipped');
  expect(code).toBe(0);
  for (const executor of ['cpu', 'webgpu', 'host']) expect(lines.some((line) => line.includes(`  ${executor}  `))).toBe(true);
}, 4 * MINUTES);

test('other shapes, masks and checkpoints pass; unknown options are skipped with their reason', async () => {
  const { code, lines, last } = await run('src/cli/check/edgeCases');
  expect(lines.filter((line) => line.endsWith('FAIL'))).toEqual([]);
  expect(code).toBe(0);
  const skipped = lines.filter((line) => line.endsWith('skip'));
  expect(skipped.map((line) => line.split('  ').slice(1).join(' | '))).toEqual([
    'host | its name says no estimator that is known, or one of its options is not | skip', 'host | loss sapo | skip', 'host | input not known: tau | skip',
  ]);
  expect(last).toBe(`${lines.length - 4} passed, 0 failed, 3 skipped`);
}, 4 * MINUTES);

type Json = { [key: string]: Json } & Json[];

describe('in a folder of its own', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'check-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const read = async (name: string): Promise<Json> => JSON.parse(await readFile(`e2e/fixtures/${name}`, 'utf8')) as Json;
  /** One case of a fixture file, changed. */
  async function plant(name: string, caseName: string, change: (one: Json, file: Json) => void): Promise<void> {
    const file = await read(name);
    if (Array.isArray(file['cases'])) (file as Record<string, unknown>)['cases'] = (file['cases'] as Json[]).filter((one) => String(one['name']) === caseName);
    change((file['cases']?.[0] ?? file) as Json, file);
    await writeFile(join(folder, name), JSON.stringify(file));
  }
  const set = (holder: Json | undefined, key: string | number, value: unknown): void => {
    (holder as unknown as Record<string | number, unknown>)[key] = value;
  };

  test.each([
    ['policy_losses.json', 'cispo/A/token-mean', (one: Json) => set(one['expected']!['grad_logprobs']![1], 0, 0.7), /grad_logprobs, entry 8: .* instead of 0\.69/],
    ['advantages.json', 'mixed/rloo', (one: Json) => set(one['expected']!['advantages_per_response'], 0, 0.3167), /entry 0/],
    ['optimizer.json', 'adamw/default', (one: Json) => set(one['expected']!['params_after_each_step']![4], 7, 0), /params_after_each_step, entry 55/],
    ['sampling.json', 'filter/v13', (one: Json) => set(one['expected']!['per_config']![2]!['kept_ids'], 0, [3, 4, 9]), /per_config\/2\/kept_ids, row 0 drops token 9|row 0 keeps token 8/],
    ['sampling.json', 'basic/v13', (one: Json) => set(one['expected']!['per_temperature']![1]!['argmax'], 2, 8), /per_temperature\/1\/argmax, entry 2: 9 instead of 8/],
    ['model_qwen3_tied_headdim8.json', '', (one: Json) => set(one['expected']!['greedy']!['new_ids'], 5, 2), /greedy\/new_ids, entry 5: 10 instead of 2/],
    ['model_llama_untied_gqa.json', '', (one: Json) => set(one['expected']!['grad_b_weights'], 'model.norm.weight', one['expected']!['grad_a_weights']!['model.norm.weight']), /grad_b_weights\/model.norm.weight/],
  ])('a wrong number in %s %s is seen on both executors', async (name, caseName, change, message) => {
    await plant(name, caseName, change);
    const { code, lines, last } = await run(folder);
    expect(lines[0]).toMatch(message);
    expect(lines[1]).toMatch(message);
    expect(last).toBe('0 passed, 2 failed, 0 skipped');
    expect(code).toBe(1);
  }, MINUTES);

  test.each([
    ['an input nobody reads', (one: Json) => set(one['inputs'], 'label_smoothing', 0.1), /input not known: label_smoothing  skip/],
    ['an unknown aggregation', (one: Json) => set(one['inputs'], 'aggregation', 'sum'), /aggregation sum  skip/],
    ['an unknown field of the case', (one: Json) => set(one, 'params', { W: 2 }), /field of the case not known: params  skip/],
    ['a credit method that is not known', (one: Json) => set(one, 'method', 'oracle'), /credit method oracle  skip/],
    ['nothing known to compare', (one: Json) => set(one, 'expected', { surprise: 1 }), /nothing to compare among surprise  skip/],
    ['an unknown input of null', (one: Json) => set(one['inputs'], 'label_smoothing', null), /  cpu  .*  pass/],
    ['an expected number nobody computes', (one: Json) => set(one['expected'], 'surprise', 1), /not compared: surprise\)  pass/],
    ['a batch that is not there', (one: Json) => set(one['inputs'], 'batch', 'toString'), /malformed: inputs.batch: names batch "toString"/],
    ['a ragged array', (_: Json, file: Json) => set(file['batches']!['A']!['logprobs'], 1, [1]), /malformed: inputs.logprobs: is ragged/],
    ['an array of another shape', (_: Json, file: Json) => set(file['batches']!['A'], 'logprobs', [[1, 2]]), /has shape \[1, 2\]; \[4, 8\] is needed/],
    ['a mask of 2', (_: Json, file: Json) => set(file['batches']!['A']!['mask']![0], 0, 2), /inputs.mask: entry 0 is 2/],
    ['text for a number', (one: Json) => set(one['inputs'], 'clip_low', '0.2'), /inputs.clip_low: must be a number/],
    ['no expected', (one: Json) => set(one, 'expected', undefined), /malformed: expected: must be an object/],
    ['no tolerance', (one: Json) => set(one, 'tolerance', undefined), /malformed: tolerance: must be an object/],
    ['an unknown mode', (one: Json) => set(one['tolerance'], 'mode', 'relative'), /tolerance.mode: "relative"/],
    ['a mask for no row', (_: Json, file: Json) => set(file['batches']!['A'], 'mask', []), /malformed/],
  ])('%s', async (_, change, message) => {
    await plant('policy_losses.json', 'ppo/A/token-mean/0.2-0.2', change);
    const { lines } = await run(folder);
    expect(lines[0]).toMatch(message);
  }, MINUTES);

  test('files that are not fixtures are left alone, broken ones are failures', async () => {
    await mkdir(join(folder, 'inner/node_modules'), { recursive: true });
    await writeFile(join(folder, 'config.json'), '{"hidden_size":3}');
    await writeFile(join(folder, 'inner/broken.json'), '{"format":"rl-fixture/1"');
    await writeFile(join(folder, 'inner/other.json'), '{"format":"rl-fixture/2"}');
    await writeFile(join(folder, 'inner/packed.json'), '{"format":"rl-fixture/1","name":"p","inputs":{"bits":{"shape":[2],"dtype":"F32","b64":"AAAA"}},"expected":{"values":[1]},"tolerance":{"mode":"elementwise","rtol":0,"atol":0},"description":"f16"}');
    await writeFile(join(folder, 'inner/node_modules/x.json'), '{');
    const { code, lines } = await run(folder);
    expect(lines).toEqual([
      expect.stringMatching(/^inner\/broken.json: file  host  malformed: file: is not JSON .*  FAIL$/),
      expect.stringMatching(/^inner\/other.json: file  host  malformed: format: "rl-fixture\/2" is not rl-fixture\/1  FAIL$/),
      expect.stringMatching(/^inner\/packed.json: p  host  malformed: inputs.bits: shape \[2\] needs 8 bytes, b64 holds 3  FAIL$/),
      '0 passed, 3 failed, 0 skipped',
    ]);
    expect(code).toBe(1);
  });

  test('a missing or empty folder is a failure', async () => {
    expect((await run(join(folder, 'none'))).last).toBe('0 passed, 1 failed, 0 skipped');
    expect((await run(folder)).last).toBe('0 passed, 1 failed, 0 skipped');
  });

  test('a checkpoint of a model not computed here is skipped, a damaged one fails', async () => {
    const [good, damaged] = [join(folder, 'other'), join(folder, 'damaged')];
    await cp('e2e/fixtures/hf_llama_untied_f32', good, { recursive: true });
    await cp('e2e/fixtures/hf_llama_untied_f32', damaged, { recursive: true });
    const config = JSON.parse(await readFile(join(good, 'config.json'), 'utf8')) as object;
    await writeFile(join(good, 'config.json'), JSON.stringify({ ...config, rope_scaling: { rope_type: 'yarn' } }));
    await writeFile(join(damaged, 'model.safetensors'), (await readFile(join(damaged, 'model.safetensors'))).subarray(0, 5000));
    const { lines } = await run(folder);
    expect(lines[0]).toMatch(/^damaged\/.*  cpu  malformed: model.safetensors: tensor .* the file holds .*FAIL$/);
    expect(lines.at(-2)).toMatch(/^other\/.*  host  config.json: rope_scaling: .*"yarn" are not supported  skip$/);
  }, MINUTES);

  test('a name that leads out of the folder is refused', async () => {
    await plant('grpo_step.json', '', (one) => set(one['inputs'], 'weights_from', '../secret.json'));
    expect((await run(folder)).lines[0]).toMatch(/malformed: inputs: name "..\/secret.json", which leads out of the folder/);
  }, MINUTES);

  test('no WebGPU adapter is a failure of each case, not a skip', async () => {
    await plant('policy_losses.json', 'kl/A/k3', () => {});
    const gpu = globalThis.creditscopeGpu;
    globalThis.creditscopeGpu = { requestAdapter: () => Promise.resolve(null) } as unknown as GPU;
    try {
      const { code, lines, last } = await run(folder);
      expect(lines[1]).toMatch(/  webgpu  no WebGPU adapter: .*  FAIL$/);
      expect(last).toBe('1 passed, 1 failed, 0 skipped');
      expect(code).toBe(1);
    } finally {
      globalThis.creditscopeGpu = gpu;
    }
  });
});
