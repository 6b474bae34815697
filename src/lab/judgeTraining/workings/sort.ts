// Task sort: the swap that selection sort does next on the list as it was written.

import { judgeLines, type Working } from './working';

export const sortWorking: Working = (problem, steps_K) => judgeLines(steps_K, problem.prompt.slice(0, -1), problem.answer, (list) => {
  const at = [...list].findIndex((digit, i) => [...list.slice(i + 1)].some((later) => later < digit));
  if (at === -1) return { line: `=${list}` };
  const smallest = [...list.slice(at + 1)].sort()[0]!;
  const to = list.indexOf(smallest, at + 1);
  return { line: `${list[at]}~${smallest}=${list.slice(0, at)}${smallest}${list.slice(at + 1, to)}${list[at]}${list.slice(to + 1)}` };
}, (_, line) => /^\d~\d=(\d{2,8})$/.exec(line)?.[1]);
