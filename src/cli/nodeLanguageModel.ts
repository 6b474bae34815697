// A model's folder on disk, opened by transformers.js in Node, on onnxruntime-web's wasm as in the page (one thread).

import { basename, dirname, resolve } from 'node:path';
import { openLanguageModel, type OpenLanguageModel } from '../critics/model/languageModel';
import { NODE_LOADING, openTransformersInNode } from '../formats/onnx/openTransformersInNode';

export async function nodeLanguageModel(folder: string): Promise<OpenLanguageModel> {
  const transformers = await openTransformersInNode(dirname(resolve(folder)));
  return openLanguageModel(transformers, basename(folder), { runsOn: 'the processor (wasm), fp32', load: { dtype: 'fp32', ...NODE_LOADING }, pause: async () => {} });
}
