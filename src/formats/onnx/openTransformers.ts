// transformers.js (Apache-2.0) on onnxruntime-web (MIT), loaded when first asked for: with its wasm it is larger than the whole page.
// Left alone it would fetch that wasm from a content network and models from Hugging Face; here the wasm is a file of our own build,
// and models come from beside the page until `env.allowRemoteModels` is set, which needs a person to have named one.

import type * as Module from '@huggingface/transformers';
import wasmAddress from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';

export type Transformers = typeof Module;

/** In a page or worker. `modelsAddress`: where the folders of our own models lie. */
export async function openTransformers(modelsAddress: string): Promise<Transformers> {
  const transformers = await import('@huggingface/transformers');
  const { env } = transformers;
  const { wasm } = env.backends.onnx;
  if (wasm === undefined) throw new Error('onnxruntime-web came without its wasm backend');
  wasm.wasmPaths = { wasm: wasmAddress };
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  // a path, not a whole address: below the latter it looks for no tokenizer
  env.localModelPath = new URL(modelsAddress, location.href).pathname;
  if (env.useBrowserCache) Object.assign(env, { useCustomCache: true, customCache: cacheOfOtherHosts(env.cacheKey) });
  return transformers;
}

/** Keeps what other hosts sent, for use without a network. Our own files are the browser's to cache: a new build brings new ones. */
function cacheOfOtherHosts(name: string) {
  const opened = caches.open(name).catch(() => undefined); // a private window may forbid it
  const isElsewhere = (address: string): boolean => new URL(address, location.href).origin !== location.origin;
  return {
    match: async (address: string): Promise<Response | undefined> => (isElsewhere(address) ? (await opened)?.match(address) : undefined),
    put: async (address: string, response: Response): Promise<void> => {
      if (isElsewhere(address)) await (await opened)?.put(address, response);
    },
  };
}
