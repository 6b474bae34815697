// The small language model that ships with the project, public/models/judge: what it is asked and what it writes. It was taught on texts
// of this form alone. Its folder is as `lab export` makes one (config.json, generation_config.json, tokenizer.json, tokenizer_config.json,
// onnx/model.onnx) and opens as any other: its chat template puts the messages' contents one after the other and <critique> at the end.
//   asked    Rules: From left to right, one operation a line; the last line is = and the answer; results are modulo 10.
//
//            7+5-3+8:
//            <step 0> 7+5=2
//            <step 1> 2-3=8
//            <step 2> (the solution ends here)<critique>
//   writes   step 0: 7+5:12=2 right
//            step 1: 2-3:-1=9 wrong
//            step 2: the end wrong
//            Wrong steps: [1, 2]
// Each line works out what the step should be (src/lab/judgeTraining holds the forms), then says right or wrong. The rules, the
// markers of steps 0 to 15, the words and the items of the list are one token each, all else one token a character.

import type { JudgePrompts } from './prompts';

/** in public/models */
export const BUILT_IN_FOLDER = 'judge';

export const BUILT_IN_PROMPTS: JudgePrompts = { system: '', user: '{rules}{problem}\n{steps}' };

/** what the chat template puts where the critique begins */
export const BUILT_IN_END = '<critique>';

/** Critiques are up to about 75 tokens long. */
export const BUILT_IN_TOKENS = 128;

/** Markers of more steps than these are not among its tokens. */
export const MOST_STEPS = 16;
