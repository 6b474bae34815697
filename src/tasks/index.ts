// The registry of tasks. A new task is one file and one line here.

import { bifurcation } from './bifurcation';
import { chain } from './chain';
import { columns } from './columns';
import { countdown } from './countdown';
import { sort } from './sort';
import type { TaskFamily } from './task';

export const TASKS: readonly TaskFamily[] = [chain, bifurcation, columns, countdown, sort];

export function taskFamily(name: string): TaskFamily {
  const found = TASKS.find((one) => one.name === name);
  if (found === undefined) throw new RangeError(`unknown task ${JSON.stringify(name)}; known tasks: ${TASKS.map((one) => one.name).join(', ')}`);
  return found;
}
