// Answers with what the policy chain writes greedily to one problem, or with what went wrong.

import { openTransformers } from '../../src/formats/onnx/openTransformers';

async function written(modelsAddress: string): Promise<string> {
  const { transformers: { pipeline }, mount } = await openTransformers();
  const chain = mount({ read: (name) => fetch(`${modelsAddress}chain/${name}`) });
  const write = await pipeline('text-generation', chain, { device: 'wasm' });
  const [answer] = await write('7+5-3+8:', { max_new_tokens: 20, do_sample: false, return_full_text: false });
  return String(answer!.generated_text);
}

self.addEventListener('message', ({ data }: MessageEvent<string>) => {
  void written(data).catch((error: unknown) => String(error)).then((text) => self.postMessage(text));
});
