import { expect, test } from 'vitest';
import { planModel, weightsParts, type Machine } from './chooseWeights';
import { MODEL_NAME, modelProblem, defaultSettings, KNOWN_MODELS } from './modelSettings';

/** As Hugging Face has it for Qwen2.5-0.5B-Instruct. */
const ALL = ['config.json', 'onnx/model.onnx', 'onnx/model_fp16.onnx', 'onnx/model_q4.onnx', 'onnx/model_q4f16.onnx', 'onnx/model_quantized.onnx', 'onnx/model_int8.onnx', 'onnx/model_uint8.onnx', 'onnx/model_bnb4.onnx'];
const gpu = (hasF16: boolean, isSoftware = false): Machine => ({ adapter: { name: 'ampere', isSoftware, hasF16 } });
const auto = { device: 'auto', weights: 'auto' } as const;

test.each<[string, Machine, readonly string[], string, string]>([
  ['half precision on an adapter that has it', gpu(true), ALL, 'webgpu', 'q4f16'],
  ['4 bits where it has not', gpu(false), ALL, 'webgpu', 'q4'],
  ['whole half precision where 4 bits are not there', gpu(true), ['onnx/model.onnx', 'onnx/model_fp16.onnx'], 'webgpu', 'fp16'],
  ['8 bits on the processor', {}, ALL, 'wasm', 'q8'],
  ['a software adapter is no adapter', gpu(true, true), ALL, 'wasm', 'q8'],
  ['int8 where that is the only one of 8 bits', {}, ['onnx/model_int8.onnx', 'onnx/model.onnx'], 'wasm', 'int8'],
  ['single precision where there is nothing else', {}, ['onnx/model.onnx'], 'wasm', 'fp32'],
])('automatic: %s', (_, machine, files, device, weights) => {
  expect(planModel('a/b', auto, files, machine)).toMatchObject({ device, weights });
});

test('the shipped judge stays on the processor unless it is sent to the GPU', () => {
  expect(planModel('built-in', auto, ['onnx/model.onnx'], gpu(true))).toEqual({ device: 'wasm', weights: 'fp32', runsOn: 'the processor (wasm), fp32' });
  expect(planModel('built-in', { ...auto, device: 'webgpu' }, ['onnx/model.onnx'], gpu(true))).toEqual({ device: 'webgpu', weights: 'fp32', runsOn: 'WebGPU (ampere), fp32' });
});

test('what was chosen is taken, or refused with a sentence', () => {
  expect(planModel('a/b', { device: 'wasm', weights: 'q4' }, ALL, gpu(true))).toMatchObject({ device: 'wasm', weights: 'q4' });
  expect(planModel('a/b', { device: 'webgpu', weights: 'auto' }, ALL, gpu(false, true))).toMatchObject({ device: 'webgpu', weights: 'q4' });
  expect(() => planModel('a/b', { device: 'webgpu', weights: 'auto' }, ALL, { reason: 'no WebGPU here.' })).toThrow('cannot run on WebGPU: no WebGPU here.');
  expect(() => planModel('a/b', { device: 'auto', weights: 'q4f16' }, ['onnx/model.onnx', 'onnx/model_q4.onnx'], gpu(true))).toThrow('a/b has no weights q4f16; it has fp32, q4.');
  expect(() => planModel('a/b', { device: 'auto', weights: 'q4f16' }, ALL, gpu(false))).toThrow(/WebGPU \(ampere\) cannot run the weights q4f16; there are fp32, fp16,/);
  expect(() => planModel('a/b', auto, ['onnx/model_fp16.onnx'], {})).toThrow(/the processor \(wasm\) cannot run the weights of a\/b; there are fp16\./);
  expect(() => planModel('a/b', auto, ['model.safetensors'], {})).toThrow(/has no ONNX weights/);
});

test('parts beside the graph are those of its weights', () => {
  expect(weightsParts('fp32', ['onnx/model.onnx', 'onnx/model.onnx_data', 'onnx/model.onnx_data_1', 'onnx/model_q4.onnx_data'])).toEqual(['onnx/model.onnx_data', 'onnx/model.onnx_data_1']);
});

test.each(['built-in', 'folder', ...KNOWN_MODELS, 'a/b', 'A_1/b.c-d'])('a model may be called %s', (name) => {
  expect(modelProblem(name, defaultSettings(name))).toBe(undefined);
});

test.each(['', 'chain', 'a/b/c', '../b', 'a/..', 'a/b..c', 'a--b/c', 'a/', '/b', 'a b/c', 'a/b?c', 'https://evil/x', 'a/b#', `a/${'x'.repeat(97)}`, '-a/b', 'built-in/'])('and not "%s"', (name) => {
  expect(MODEL_NAME.test(name)).toBe(false);
});

test('numbers out of bounds and prompts without steps are refused', () => {
  const settings = defaultSettings('built-in');
  expect(modelProblem('built-in', { ...settings, temperature: Number.NaN })).toMatch(/temperature = NaN is not between 0 and 2/);
  expect(modelProblem('built-in', { ...settings, maximumTokens: 0 })).toMatch(/maximumTokens/);
  expect(modelProblem('built-in', { ...settings, prompts: { system: '', user: 'x' } })).toMatch(/\{steps\}/);
});
