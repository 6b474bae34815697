// What the judge that ships is taught to judge: the task of every policy that ships, and how large a share of its lessons each has.

import { taskFamily } from '../../tasks';
import type { Task } from '../../tasks/task';
import { POLICIES } from '../policies';

/** Of all lessons; what is harder to judge has more. */
const SHARES: Readonly<Record<string, number>> = { chain: 0.27, 'chain-hard': 0.22, bifurcation: 0.11, 'bifurcation-small': 0.06, columns: 0.1, countdown: 0.13, sort: 0.11 };

export interface JudgedTask {
  /** the policy whose answers are to be judged */
  readonly policy: string;
  readonly task: Task;
  readonly share: number;
  readonly stepErrorProbability: number;
}

export const judgedTasks = (): JudgedTask[] => POLICIES.map(({ name, task, taskOptions, stepErrorProbability }) => {
  const share = SHARES[name];
  if (share === undefined) throw new RangeError(`the judge has no lessons for policy ${name}`);
  return { policy: name, task: taskFamily(task).create(taskOptions), share, stepErrorProbability };
});
