// A language model that judges on this machine, as a person chooses it: by a name that stands in a run's configuration,
// and by settings that are kept in memory. Three kinds of names: the judge that ships with the page, the id of a model on
// Hugging Face, and a folder of files that a person has opened.

import { BUILT_IN_PROMPTS, BUILT_IN_TOKENS } from '../builtInJudge';
import { DEFAULT_PROMPTS, promptProblem, type JudgePrompts } from '../prompts';

export const BUILT_IN = 'built-in';
export const FOLDER = 'folder';
export const MODEL_HOST = 'huggingface.co';

/** Hugging Face names a model owner/name; of the characters that may stand in it none has a meaning in an address. */
export const MODEL_NAME = /^(?:built-in|folder|(?!.*(?:\.\.|--))[\w](?:[\w.-]{0,94}[\w])?\/[\w](?:[\w.-]{0,94}[\w])?)$/;

/** Small instruction models that Hugging Face has as ONNX, in the weights that transformers.js can open. */
export const KNOWN_MODELS = ['onnx-community/Qwen2.5-0.5B-Instruct', 'onnx-community/Qwen3-0.6B-ONNX', 'HuggingFaceTB/SmolLM2-360M-Instruct'] as const;

export const DEVICES = ['auto', 'webgpu', 'wasm'] as const;
export type ModelDevice = (typeof DEVICES)[number];

/** Kinds of weights by transformers.js's names, and how each ends the name of its file. */
export const WEIGHTS = { fp32: '', fp16: '_fp16', q4f16: '_q4f16', q4: '_q4', q8: '_quantized', int8: '_int8', uint8: '_uint8' } as const;
export type Weights = keyof typeof WEIGHTS;

export interface ModelSettings {
  readonly device: ModelDevice;
  /** auto: what fits the device, of what the model has */
  readonly weights: Weights | 'auto';
  readonly temperature: number;
  /** a critique's, at most */
  readonly maximumTokens: number;
  readonly showsReference: boolean;
  readonly prompts: JudgePrompts;
  /** what a person agreed to fetch of which model: the list of its files, or the files too */
  readonly allowed?: { readonly model: string; readonly files: boolean };
}

/** [least, most] of each number. */
export const MODEL_BOUNDS = { temperature: [0, 2], maximumTokens: [1, 8192] } as const;

/** What a model starts with, by its name. */
export function defaultSettings(name: string): ModelSettings {
  const common = { device: 'auto', weights: 'auto', temperature: 0.7 } as const;
  return name === BUILT_IN
    ? { ...common, maximumTokens: BUILT_IN_TOKENS, showsReference: false, prompts: BUILT_IN_PROMPTS }
    : { ...common, maximumTokens: 512, showsReference: true, prompts: DEFAULT_PROMPTS };
}

/** Why this model cannot judge so, as a sentence. */
export function modelProblem(name: string, settings: ModelSettings): string | undefined {
  if (!MODEL_NAME.test(name)) return `"${name}" is no model: say built-in, folder, or an id on Hugging Face such as ${KNOWN_MODELS[0]}.`;
  for (const key of ['temperature', 'maximumTokens'] as const) {
    const [least, most] = MODEL_BOUNDS[key];
    if (!(settings[key] >= least && settings[key] <= most)) return `The judge’s ${key} = ${settings[key]} is not between ${least} and ${most}.`;
  }
  return promptProblem(settings.prompts);
}
