import { expect, test } from 'vitest';
import { readExecutorWish } from './executorWish';

test.each([
  ['', { executor: 'auto' }],
  ['?executor=webgpu', { executor: 'webgpu' }],
  ['?executor=cpu&threads=3', { executor: 'cpu', threads: 3 }],
  ['?threads=64', { executor: 'auto', threads: 64 }],
])('%s', (search, wish) => {
  expect(readExecutorWish(search)).toEqual(wish);
});

test.each(['?executor=', '?executor=gpu', '?executor=__proto__', '?executor=CPU', '?threads=0', '?threads=65', '?threads=-1', '?threads=2.5', '?threads=1e1', '?threads=', '?seed=2'])('%s is as good as nothing', (search) => {
  expect(readExecutorWish(search)).toEqual({ executor: 'auto' });
});
