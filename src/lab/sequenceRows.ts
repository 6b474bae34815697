// Answers as training sequences: prompts left-padded to P, answers in the A columns after them, the last token left out
// (nothing is predicted from it). Row n of the inputs is [padding, prompt, answer[0 .. A-2]], P + A - 1 tokens;
// the position that predicts answer token j is P - 1 + j.

import type { SequenceInputs } from '../model/sequenceModel';
import type { AnswerBatch } from './policyModel';

export function sequenceInputs({ prompts_N, tokens_NT, lengths_N }: AnswerBatch, promptLength: number, answerLength: number): SequenceInputs {
  const length = promptLength + answerLength - 1;
  const rows = prompts_N.length;
  const tokens = new Uint32Array(rows * length);
  const positions = new Int32Array(rows * length);
  const keyMask = new Uint32Array(rows * length);
  prompts_N.forEach((prompt, n) => {
    if (prompt.length < 1 || prompt.length > promptLength) throw new RangeError(`prompt ${n} has ${prompt.length} tokens; 1 to ${promptLength} fit`);
    const padding = promptLength - prompt.length;
    const end = promptLength + Math.min(lengths_N[n]!, answerLength - 1);
    for (let t = padding; t < length; t++) {
      const at = n * length + t;
      positions[at] = t - padding;
      if (t >= end) continue;
      tokens[at] = t < promptLength ? prompt[t - padding]! : tokens_NT[n * answerLength + t - promptLength]!;
      keyMask[at] = 1;
    }
  });
  return { tokens, positions, keyMask };
}
