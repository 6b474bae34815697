// transformers.js in Node: on onnxruntime-web's wasm, as in a browser, so that nothing has to be compiled or downloaded to install.
// It takes that only where it finds it before it is loaded. Models come from folders on disk; no host is ever asked.

import type { Transformers } from './openTransformers';

/** What a model is loaded with here: 'auto', because of devices it knows those of onnxruntime-node only. */
export const NODE_LOADING = { device: 'auto', session_options: { executionProviders: ['wasm'] } } as const;

/** `models`: the folder that the models' folders lie in, each opened by its name. */
export async function openTransformersInNode(models: string): Promise<Transformers> {
  const onnxruntime = await import('onnxruntime-web');
  Object.assign(globalThis, { [Symbol.for('onnxruntime')]: onnxruntime });
  const transformers = await import('@huggingface/transformers');
  // a prefix of its own files, where by default there is an address of a content network
  onnxruntime.env.wasm.wasmPaths = new URL('./', import.meta.resolve('onnxruntime-web')).href;
  // the same sums in the same order on every machine
  onnxruntime.env.wasm.numThreads = 1;
  Object.assign(transformers.env, {
    allowRemoteModels: false, allowLocalModels: true, localModelPath: models, useFSCache: false,
    fetch: async (address: unknown) => { throw new Error(`asked for ${String(address)}`); },
  });
  return transformers;
}
