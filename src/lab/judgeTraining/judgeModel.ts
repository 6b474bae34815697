// The judge that ships as a model: its shape, and its folder for transformers.js.

import { BUILT_IN_END } from '../../critics/builtInJudge';
import { writeHuggingFaceConfig } from '../../formats/huggingFaceConfig';
import { transformersFolder } from '../../formats/onnx/modelFolder';
import { writeSafetensors } from '../../formats/safetensors';
import { SINGLE_FILE } from '../../formats/safetensorsIndex';
import { writeTokenizer, writeTokenizerConfig } from '../../formats/tokenizerFile';
import type { ModelConfig } from '../../model/config';
import { PADDING_TOKEN, STOP_TOKEN } from '../../tasks/task';
import type { Tensors } from '../policyModel';
import { CHARACTERS, VOCABULARY_SIZE, WORDS } from './vocabulary';

/** About 210 thousand parameters. Texts are short: a small theta tells places a few dozen tokens away from their neighbours. */
export const JUDGE_CONFIG: ModelConfig = {
  family: 'llama', hiddenSize: 64, layers: 3, heads: 4, kvHeads: 4, headDim: 16, intermediateSize: 256, vocabularySize: VOCABULARY_SIZE,
  ropeTheta: 200, rmsNormEpsilon: 1e-6, isTied: false, hasAttentionBias: false, hasQkNorm: false, maximumPositions: 256,
};

/** The messages' contents, then the place where the critique begins. */
const CHAT_TEMPLATE = `{% for message in messages %}{{ message['content'] }}{% endfor %}{% if add_generation_prompt %}{{ '${BUILT_IN_END}' }}{% endif %}`;

/** File name -> bytes. */
export async function judgeFolder(weights: Tensors, config: ModelConfig = JUDGE_CONFIG): Promise<ReadonlyMap<string, Uint8Array>> {
  const text = (content: string): Uint8Array => new TextEncoder().encode(content);
  const files = new Map<string, Uint8Array>([
    ['config.json', text(writeHuggingFaceConfig(config, { padding: PADDING_TOKEN, stop: STOP_TOKEN }))],
    [SINGLE_FILE, writeSafetensors(weights)],
    ['tokenizer.json', text(writeTokenizer(CHARACTERS, WORDS))],
    ['tokenizer_config.json', text(writeTokenizerConfig(config.maximumPositions, CHAT_TEMPLATE))],
  ]);
  return transformersFolder(async (name) => {
    const file = files.get(name);
    if (file === undefined) throw new Error('no such file');
    return file;
  });
}
