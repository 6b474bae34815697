// Vitest set-up for running *.gpu.test.ts in Node: puts Dawn's GPU where the tests look for it.

import { nodeGpu } from './nodeWebgpu';

await nodeGpu();
