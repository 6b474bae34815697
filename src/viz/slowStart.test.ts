import { expect, test } from 'vitest';
import { slowStartWords, type StartFacts } from './slowStart';

test.each<[string, Partial<StartFacts>, RegExp | undefined]>([
  ['the code is on its way', { hasWorker: false, backend: 'unknown' }, /code is still being loaded.*reload/],
  ['no answer from the card', { backend: 'unknown' }, /asked for a graphics card.*processor takes over/],
  ['device and policy', { kernels: { done: 0, total: 0 } }, /device is being opened.*policy.*processor/],
  ['kernels on a card', { kernels: { done: 14, total: 22 } }, /compiles the kernels: 14 of 22.*processor needs no compiling/],
  ['kernels on the processor', { backend: 'cpu', kernels: { done: 14, total: 22 } }, /14 of 22.*smaller preset/],
  ['the first test', { kernels: { done: 22, total: 22 } }, /held-out problems.*smaller preset/],
  ['nothing on its way', {}, undefined],
  ['nothing trains here', { hasWorker: false, backend: 'replay' }, undefined],
])('%s', (_, given, words) => {
  const said = slowStartWords({ hasWorker: true, backend: 'webgpu', kernels: null, ...given });
  if (words === undefined) expect(said).toBeUndefined();
  else expect(said).toMatch(words);
});
