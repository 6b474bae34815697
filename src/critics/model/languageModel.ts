// A model and its tokenizer in transformers.js, which is handed in: it is large, and whoever needs a judge loads it.
//
// Left to itself transformers.js draws tokens from one global stream and sorts the whole vocabulary for each; here every place
// of a text has a random number of its own, and one pass finds its token: the first whose share of exp(logit / temperature),
// added up, exceeds it. In a batch it goes on writing after a text's stop token until all have ended: each is cut at its own.

import type * as Module from '@huggingface/transformers';
import type { ChatMessage } from '../prompts';
import type { LanguageModel } from './modelJudge';

export type Transformers = typeof Module;

export interface OpenLanguageModel extends LanguageModel {
  close(): Promise<void>;
}

type LoadOptions = NonNullable<Parameters<Transformers['AutoModelForCausalLM']['from_pretrained']>[1]>;

interface Opening {
  /** for a person */
  readonly runsOn: string;
  /** device and kind of weights, as transformers.js names them */
  readonly load: LoadOptions;
  /** for a tokenizer whose folder keeps it in a file of its own */
  readonly chatTemplate?: string;
  /** lets a worker hear its messages; transformers.js on wasm would not until the last token is written */
  pause(): Promise<void>;
}

/** Logits of a batch's prompts come out all at once. */
const MOST_LOGITS = 96 * 2 ** 20;
const MOST_ROWS = 64;

/** `path`: where the module finds the model's files. */
export async function openLanguageModel(transformers: Transformers, path: string, { runsOn, load, chatTemplate, pause }: Opening): Promise<OpenLanguageModel> {
  const { AutoTokenizer, AutoModelForCausalLM, Tensor } = transformers;
  const tokenizer = await AutoTokenizer.from_pretrained(path);
  if (chatTemplate !== undefined) tokenizer.chat_template ??= chatTemplate;
  const model = await AutoModelForCausalLM.from_pretrained(path, load);
  const forward = model.forward.bind(model);
  model.forward = async (inputs) => {
    await pause();
    return forward(inputs);
  };
  const stops = stopTokens(model.generation_config?.eos_token_id ?? (model.config as { eos_token_id?: unknown }).eos_token_id ?? tokenizer.eos_token_id);
  const padding = tokenizer.pad_token_id ?? [...stops][0] ?? 0;
  const positions = positionsOf(model.config, tokenizer.model_max_length);

  return {
    runsOn,
    encode(messages) {
      const text = textOf(tokenizer, messages);
      const ids = tokenizer.encode(text, { add_special_tokens: tokenizer.chat_template === null || tokenizer.chat_template === undefined });
      if (ids.length >= positions) return `The prompt has ${ids.length} tokens, and this model reads and writes no more than ${positions}.`;
      if (holdsUnreadable(tokenizer, text, ids)) return 'The prompt holds characters that this model does not know.';
      return ids;
    },
    rowsAtOnce: (promptTokens) => Math.max(1, Math.min(MOST_ROWS, Math.floor(MOST_LOGITS / (promptTokens * vocabularyOf(model.config))))),
    async write(prompts, { maximumTokens, temperature, draw, signal }) {
      const width = Math.max(...prompts.map(({ length }) => length));
      const filled = (value: number, of: (id: number) => number) => new Tensor('int64', BigInt64Array.from(prompts.flatMap((ids) => [...Array<number>(width - ids.length).fill(value), ...ids.map(of)]), BigInt), [prompts.length, width]);
      const output = await model.generate({
        input_ids: filled(padding, (id) => id), attention_mask: filled(0, () => 1),
        max_new_tokens: Math.min(maximumTokens, positions - width), do_sample: false, num_beams: 1,
        ...(temperature > 0 && { logits_processor: chooser(transformers, temperature, draw, width, stops) }),
        stopping_criteria: stopper(transformers, signal),
      } as Parameters<typeof model.generate>[0]) as InstanceType<typeof Tensor>;
      return (output.tolist() as bigint[][]).map((row) => {
        const ids = row.slice(width).map(Number);
        const end = ids.findIndex((id) => stops.has(id));
        return { text: tokenizer.decode(end < 0 ? ids : ids.slice(0, end), { skip_special_tokens: true }), isCutOff: end < 0 };
      });
    },
    close: async () => {
      await model.dispose();
    },
  };
}

type Tokenizer = Awaited<ReturnType<Transformers['AutoTokenizer']['from_pretrained']>>;

function textOf(tokenizer: Tokenizer, messages: readonly ChatMessage[]): string {
  if (tokenizer.chat_template === null || tokenizer.chat_template === undefined) return `${messages.map(({ content }) => content).join('\n\n')}\n`;
  // Qwen3 would think aloud at length; templates that know of no such thing pass it over
  return tokenizer.apply_chat_template([...messages], { tokenize: false, add_generation_prompt: true, enable_thinking: false } as object) as unknown as string;
}

/** A tokenizer of single characters writes padding for those outside its alphabet. */
function holdsUnreadable(tokenizer: Tokenizer, text: string, ids: readonly number[]): boolean {
  const unknown = [tokenizer.pad_token, tokenizer.unk_token].filter((one) => typeof one === 'string' && one !== '');
  const read = tokenizer.decode([...ids], { skip_special_tokens: false });
  return unknown.some((name) => read.split(name).length > text.split(name).length);
}

/** Makes the chosen token of each text that has not ended the most likely one. */
function chooser({ LogitsProcessor, LogitsProcessorList }: Transformers, temperature: number, draw: (row: number, place: number) => number, width: number, stops: ReadonlySet<number>): object {
  class DrawToken extends LogitsProcessor {
    override _call(texts: bigint[][], logits: InstanceType<Transformers['Tensor']>) {
      const data = logits.data as Float32Array;
      const size = data.length / texts.length;
      texts.forEach((ids, row) => {
        const place = ids.length - width;
        if (place > 0 && stops.has(Number(ids.at(-1)))) return;
        choose(data.subarray(row * size, (row + 1) * size), temperature, draw(row, place));
      });
      return logits;
    }
  }
  const list = new LogitsProcessorList();
  list.push(new DrawToken());
  return list;
}

/** Leaves one logit above -Infinity. */
export function choose(logits: Float32Array, temperature: number, uniform: number): void {
  let most = -Infinity;
  for (const one of logits) if (one > most) most = one;
  const share = (one: number): number => Math.exp((one - most) / temperature);
  let sum = 0;
  for (const one of logits) sum += share(one);
  let [left, chosen] = [uniform * sum, -1];
  for (let id = 0; id < logits.length; id++) {
    const part = share(logits[id]!);
    if (part === 0) continue;
    chosen = id;
    left -= part;
    if (left < 0) break;
  }
  logits.fill(-Infinity);
  if (chosen >= 0) logits[chosen] = 0;
}

function stopper({ StoppingCriteria, StoppingCriteriaList }: Transformers, signal: AbortSignal): object {
  class StopWhenCancelled extends StoppingCriteria {
    override _call(texts: number[][]): boolean[] {
      return texts.map(() => signal.aborted);
    }
  }
  const list = new StoppingCriteriaList();
  list.push(new StopWhenCancelled());
  return list;
}

function stopTokens(named: unknown): ReadonlySet<number> {
  return new Set((Array.isArray(named) ? named as unknown[] : [named]).filter((one) => typeof one === 'number' || typeof one === 'bigint').map(Number));
}

function vocabularyOf(config: object): number {
  const size = (config as { vocab_size?: unknown }).vocab_size;
  return typeof size === 'number' && size > 0 ? size : 200_000;
}

function positionsOf(config: object, ofTokenizer: number): number {
  const most = (config as { max_position_embeddings?: unknown }).max_position_embeddings;
  return Math.min(typeof most === 'number' && most > 0 ? most : Infinity, ofTokenizer > 0 ? ofTokenizer : Infinity);
}
