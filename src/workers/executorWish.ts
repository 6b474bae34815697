// The executor that the page's address asks for: ?executor=auto|webgpu|cpu and, on the processor, &threads=N. What is not
// understood is as good as absent.

import { EXECUTOR_CHOICES, type ExecutorWish } from '../gpu/chooseExecutor';
import { MOST_THREADS } from '../gpu/threadPool';

export function readExecutorWish(search: string): ExecutorWish {
  const given = new URLSearchParams(search);
  const executor = EXECUTOR_CHOICES.find((one) => one === given.get('executor')) ?? 'auto';
  const text = given.get('threads') ?? '';
  const threads = Number(text);
  return /^\d+$/.test(text) && threads >= 1 && threads <= MOST_THREADS ? { executor, threads } : { executor };
}
