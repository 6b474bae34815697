// Task bifurcation: sign and character side by side, then how the answer stands after the step. As many tokens for every step, so that
// each character lies where its step has it:
//   .a cc .d <> lost     then, in the next step,     .b ?! cc .a kept

import type { JudgedStep, Working } from './working';

export const bifurcationWorking: Working = (problem, steps_K) => {
  const signs = [...problem.prompt.slice(0, -1)];
  let [at, isGood] = [0, true];
  return steps_K.map((step): JudgedStep => {
    // an answer that is empty loses what its problem asks for
    if (step === '') return { working: 'the end', isCorrect: signs.every((sign) => !/[a-d<>]/.test(sign)) };
    let isCorrect = true;
    const pairs = [...step].map((character) => {
      const sign = signs[at++] ?? '.';
      const isCopied = /[a-d<>]/.test(sign);
      if (isCopied ? character !== sign : sign === '?' && !isGood && character !== '!') isCorrect = false;
      if (isCopied && character !== sign) isGood = false;
      else if (sign === '?' && character === '!') isGood = true;
      return sign + character;
    });
    return { working: `${pairs.join(' ')} ${isGood ? 'kept' : 'lost'}`, isCorrect };
  });
};
