// Task countdown: the numbers at hand, the sum done again, what it leaves, and whether that still leads to the target:
//   have 3,5,7 do 3*7=21 keep 5,21 get 26,16,big hit
// With two numbers left their sum, difference and product are tried; above 99, where no target is, a number is just big. A step that
// gives the target away misses it; after that it is lost, and steps need only be allowed and true.

import { NOTHING_TO_GO_ON, theEnd, type JudgedStep, type Working } from './working';

const LARGEST_TARGET = 99;

export const countdownWorking: Working = (problem, steps_K) => {
  const target = Number(problem.answer);
  let numbers: readonly number[] | undefined = problem.prompt.split('>')[0]!.split(',').map(Number);
  let isLost = false;
  return steps_K.map((line, k): JudgedStep => {
    if (line === '') {
      const isEnd = k === steps_K.length - 1 && numbers !== undefined && k > 0 && steps_K[k - 1]!.endsWith(`=${target}`);
      numbers = undefined;
      return theEnd(isEnd);
    }
    if (numbers === undefined) return NOTHING_TO_GO_ON;
    const said = `have ${numbers.join(',')}`;
    const wrong = (more: string): JudgedStep => {
      numbers = undefined;
      return { working: `${said}${more}`, isCorrect: false };
    };
    const [, left, operator, right, given] = /^(\d{1,3})([-+*])(\d{1,3})=(\d{1,3})$/.exec(line) ?? [];
    if (left === undefined) return wrong(' unreadable');
    const kept = [...numbers];
    for (const one of [Number(left), Number(right)]) {
      const at = kept.indexOf(one);
      if (at === -1) return wrong(' not at hand');
      kept.splice(at, 1);
    }
    const result = combined(operator!, Number(left), Number(right));
    const sum = ` do ${left}${operator}${right}=${result ?? 'none'}`;
    if (String(result) !== given) return wrong(`${sum} untrue`);
    kept.push(result!);
    numbers = kept;
    const state = `${said}${sum} keep ${kept.join(',')}`;
    if (isLost) return { working: `${state} lost`, isCorrect: true };
    const tries = result === target || kept.length !== 2 ? '' : ` get ${[kept[0]! + kept[1]!, Math.abs(kept[0]! - kept[1]!), kept[0]! * kept[1]!].map((one) => (one > LARGEST_TARGET ? 'big' : one)).join(',')}`;
    isLost = result !== target && !leadsTo(kept, target);
    return { working: `${state}${tries} ${isLost ? 'miss' : 'hit'}`, isCorrect: !isLost };
  });
};

function combined(operator: string, a: number, b: number): number | undefined {
  const result = operator === '+' ? a + b : operator === '-' ? a - b : a * b;
  return result >= 1 && result <= 999 ? result : undefined;
}

function leadsTo(numbers: readonly number[], target: number): boolean {
  return numbers.some((a, i) => numbers.some((b, j) => i !== j && ['+', '-', '*'].some((operator) => {
    const result = combined(operator, a, b);
    return result !== undefined && (result === target || leadsTo([...numbers.filter((_, k) => k !== i && k !== j), result], target));
  })));
}
