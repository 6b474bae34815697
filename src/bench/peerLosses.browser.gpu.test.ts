// Only in a browser: jax-js has no WebGPU in Node.

import { expect, test } from 'vitest';
import { testExecutors } from '../gpu/testing';
import { EngineTraining } from './engineTraining';
import { JaxTraining } from './jaxTraining';
import { trainingData, type TrainingShape } from './trainingShape';

const TINY: TrainingShape = { layers: 1, width: 24, heads: 2, length: 8, batch: 4, vocabulary: 12 };

test('the benchmark gives jax-js the same work: losses agree over three steps', async () => {
  const data = trainingData(TINY);
  const peer = (await JaxTraining.create('webgpu', TINY, data))!;
  const theirs = [await peer.step(), await peer.step(), await peer.step()];
  peer.release();
  expect(theirs[0]).toBeCloseTo(Math.log(12), 1);
  expect(theirs[2]).toBeLessThan(theirs[0]! - 0.02);
  for (const executor of await testExecutors()) {
    const ours = await EngineTraining.create(executor, TINY, data);
    for (const loss of theirs) expect(Math.abs(await ours.step() - loss)).toBeLessThan(1e-4);
    ours.release();
  }
});
