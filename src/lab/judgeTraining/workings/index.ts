// The working of each task.

import type { Task } from '../../../tasks/task';
import { bifurcationWorking } from './bifurcation';
import { chainWorking } from './chain';
import { columnsWorking } from './columns';
import { countdownWorking } from './countdown';
import { sortWorking } from './sort';
import type { Working } from './working';

export function workingOf({ name, options }: Task): Working {
  switch (name) {
    case 'chain': return chainWorking(options);
    case 'columns': return columnsWorking;
    case 'sort': return sortWorking;
    case 'countdown': return countdownWorking;
    case 'bifurcation': return bifurcationWorking;
    default: throw new RangeError(`no critiques are written for task ${name}`);
  }
}
