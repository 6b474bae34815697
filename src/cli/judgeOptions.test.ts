import { expect, test } from 'vitest';
import { parseArguments } from './arguments';
import { endpointOf, JUDGE_KEY, JUDGE_OPTIONS, withJudge } from './judgeOptions';
import { configurationOf, RUN_OPTIONS } from './runOptions';

const parsed = (...args: string[]) => parseArguments(args, { ...RUN_OPTIONS, ...JUDGE_OPTIONS });

test('address and model name a judge, the environment its key; the run\'s configuration says that there is one, and no more', () => {
  const given = parsed('--judge-url', 'http://localhost:9/v1', '--judge-model', 'm', '--judge-at-once', '2', '--set', 'critic.critiques=2');
  const endpoint = endpointOf(given, { [JUDGE_KEY]: 'sk-hidden' });
  expect(endpoint).toMatchObject({ url: 'http://localhost:9/v1', model: 'm', key: 'sk-hidden', concurrency: 2, isAllowed: true });
  const configuration = configurationOf(withJudge(given, endpoint));
  expect(configuration.critic).toEqual({ judge: 'endpoint', critiques: 2, falsePositive: 0, falseNegative: 0, missing: 0 });
  expect(JSON.stringify(configuration)).not.toMatch(/sk-hidden|localhost/);
  expect(endpointOf(parsed(), {})).toBe(undefined);
  expect(configurationOf(withJudge(parsed(), undefined)).critic.judge).toBe('exact');
});

test.each([
  [['--judge-url', 'http://localhost:9'], /go together/], [['--judge-model', 'm'], /go together/], [['--judge-url', 'nonsense', '--judge-model', 'm'], /not an address/],
  [['--judge-url', 'http://example.org', '--judge-model', 'm'], /over https or to this machine/], [['--judge-url', 'http://localhost', '--judge-model', 'm', '--judge-at-once', '0'], /from 1 to 64/],
])('%j is refused', (args, message) => {
  expect(() => endpointOf(parsed(...args), { [JUDGE_KEY]: 'k' })).toThrow(message);
});
