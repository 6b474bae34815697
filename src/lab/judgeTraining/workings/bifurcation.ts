// Task bifurcation: sign and character side by side, " off" after a character that is wrong there, " back" after one that repairs:
//   .a cc .d <> off     then, in the next step,     .b ?! back

import type { JudgedStep, Working } from './working';

export const bifurcationWorking: Working = (problem, steps_K) => {
  const signs = [...problem.prompt.slice(0, -1)];
  let [at, isGood] = [0, true];
  return steps_K.map((step): JudgedStep => {
    let [working, isCorrect] = ['', true];
    for (const character of step) {
      const sign = signs[at++] ?? '.';
      working += ` ${sign}${character}`;
      const isCopied = /[a-d<>]/.test(sign);
      const isOff = isCopied ? character !== sign : sign === '?' && !isGood && character !== '!';
      if (isOff) working += ' off';
      else if (sign === '?' && !isGood) working += ' back';
      if (isOff) isCorrect = false;
      if (isCopied && isOff) isGood = false;
      else if (sign === '?' && character === '!') isGood = true;
    }
    // an answer that is empty loses what its problem asks for
    return step === '' ? { working: 'the end', isCorrect: signs.every((sign) => !/[a-d<>]/.test(sign)) } : { working: working.trimStart(), isCorrect };
  });
};
