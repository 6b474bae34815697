// Task columns: the line of the next column with the carry as it was handed on, and before its result the whole sum: 5-8-0:-3=7,1.

import { judgeLines, type Working } from './working';

export const columnsWorking: Working = (problem, steps_K) => {
  const [, left = '', operator = '', right = ''] = /^(\d+)([-+])(\d+):$/.exec(problem.prompt) ?? [];
  return judgeLines(steps_K, { done: 0, carry: '0', digits: '' }, problem.answer, ({ done, carry, digits }) => {
    if (done >= left.length) return { line: `=${BigInt(`${carry}${digits}`)}` };
    const [a, b] = [left[left.length - 1 - done]!, right[right.length - 1 - done]!];
    const sum = operator === '+' ? Number(a) + Number(b) + Number(carry) : Number(a) - Number(b) - Number(carry);
    const handedOn = operator === '+' ? (sum >= 10 ? 1 : 0) : (sum < 0 ? 1 : 0);
    const [asked, result] = [`${a}${operator}${b}${operator}${carry}`, `${((sum % 10) + 10) % 10},${handedOn}`];
    return { line: `${asked}=${result}`, working: `${asked}:${sum}=${result}` };
  }, ({ done, digits }, line) => {
    const column = /^\d[-+]\d[-+]\d=(\d),([01])$/.exec(line);
    return column === null || done >= left.length ? undefined : { done: done + 1, carry: column[2]!, digits: column[1]! + digits };
  });
};
