// transformers.js (Apache-2.0) on onnxruntime-web (MIT), loaded when first asked for: with its wasm it is larger than the whole page.
// Left alone it would fetch that wasm from a content network and models from Hugging Face. Here the wasm is a file of our own build,
// and every file of a model comes from a folder that was mounted: there is no other way from it to any file, on whatever host.

import type * as Module from '@huggingface/transformers';
import wasmAddress from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';

export type Transformers = typeof Module;

/** The files of one model. `read` gives undefined for a file that is not there. */
export interface ModelFolder {
  read(name: string): Promise<Response | undefined>;
}

export interface MountedTransformers {
  readonly transformers: Transformers;
  /** the name to open this folder by; each is another, because the library remembers by names which files it found */
  mount(folder: ModelFolder): string;
  unmount(name: string): void;
}

const ROOT = '/mounted/';

/** In a page or worker. */
export async function openTransformers(): Promise<MountedTransformers> {
  const transformers = await import('@huggingface/transformers');
  const { env } = transformers;
  const { wasm } = env.backends.onnx;
  if (wasm === undefined) throw new Error('onnxruntime-web came without its wasm backend');
  wasm.wasmPaths = { wasm: wasmAddress };
  const folders = new Map<string, ModelFolder>();
  let mounted = 0;
  Object.assign(env, {
    allowRemoteModels: false, allowLocalModels: true, localModelPath: ROOT, useBrowserCache: false, useCustomCache: false, useWasmCache: false,
    fetch: async (address: string | URL): Promise<Response> => {
      const [, model = '', name = ''] = /^\/mounted\/([^/]+)\/(.+)$/.exec(String(address)) ?? [];
      return await folders.get(model)?.read(name) ?? new Response(null, { status: 404 });
    },
  });
  return {
    transformers,
    mount: (folder) => {
      const name = `model-${++mounted}`;
      folders.set(name, folder);
      return name;
    },
    unmount: (name) => void folders.delete(name),
  };
}
