import { expect, test } from 'vitest';
import type { Catalogue, CommandBody } from '../workers/protocol';
import { createJudgeDesk } from './judgeDesk';
import { CATALOGUE } from './testing';

const catalogue: Catalogue = {
  ...CATALOGUE, endpoint: { defaults: { temperature: 0.7, maximumTokens: 512, concurrency: 4, timeoutSeconds: 60, showsReference: true, prompts: { system: 's', user: '{steps}' } }, bounds: {} },
};
const ASKS = { host: 'localhost:1', requests: 8, bytes: 900, example: '{}' };

function desk() {
  const sent: CommandBody[] = [];
  const wentOn: CommandBody[] = [];
  const judge = createJudgeDesk((body) => sent.push(body), (body) => wentOn.push(body));
  judge.open(catalogue);
  const stop = (asks?: typeof ASKS) => judge.hear({ protocol: 1, run: 'a', kind: 'judgeStopped', message: 'no', ...(asks !== undefined && { asks }) });
  const isAllowed = () => (sent.at(-1) as Extract<CommandBody, { kind: 'nameEndpoint' }>).endpoint!.isAllowed;
  return { judge, sent, wentOn, stop, isAllowed };
}

test('no endpoint is told of before one is typed; then it is, as typed, and as not allowed', () => {
  const { judge, sent } = desk();
  judge.name({ kind: 'play' });
  expect(sent).toEqual([]);
  judge.edit({ url: 'http://localhost:1/v1', model: 'm', key: ' k ', temperature: '0', timeoutSeconds: '' });
  judge.name({ kind: 'play' });
  expect(sent).toEqual([{ kind: 'nameEndpoint', endpoint: {
    url: 'http://localhost:1/v1', model: 'm', key: 'k', temperature: 0, maximumTokens: 512, concurrency: 4, timeoutSeconds: Number.NaN, showsReference: true, prompts: { system: 's', user: '{steps}' }, isAllowed: false,
  } }]);
});

test('an agreement goes on with what was asked for, and holds until something that decides what goes where is changed', () => {
  const { judge, wentOn, stop, isAllowed } = desk();
  judge.edit({ url: 'http://localhost:1/v1', model: 'm' });
  judge.name({ kind: 'nextPhase' });
  stop(ASKS);
  expect(judge.store.getState().asks).toEqual(ASKS);
  judge.allow();
  expect([wentOn, judge.store.getState().asks]).toEqual([[{ kind: 'nextPhase' }], null]);
  judge.name({ kind: 'play' });
  expect(isAllowed()).toBe(true);
  judge.edit({ key: 'another', concurrency: '2' });
  judge.name();
  expect(isAllowed()).toBe(true);
  for (const change of [{ url: 'http://localhost:2/v1' }, { url: 'http://localhost:1/v1', model: 'n' }, { model: 'm', showsReference: false }, { showsReference: true, user: '{steps} {problem}' }]) {
    judge.edit(change);
    judge.name();
    expect(isAllowed(), JSON.stringify(change)).toBe(false);
  }
});

test('what was typed after the question was put is not agreed to', () => {
  const { judge, stop, isAllowed } = desk();
  judge.edit({ url: 'http://localhost:1/v1', model: 'm' });
  judge.name({ kind: 'play' });
  judge.edit({ url: 'http://elsewhere:1/v1' });
  stop(ASKS);
  judge.allow();
  judge.name();
  expect(isAllowed()).toBe(false);
});

test('nothing is allowed that was not asked, or that was refused', () => {
  const { judge, wentOn, stop, isAllowed } = desk();
  judge.edit({ url: 'http://localhost:1/v1', model: 'm' });
  judge.name({ kind: 'play' });
  judge.allow();
  stop();
  judge.allow();
  stop(ASKS);
  judge.refuse();
  judge.allow();
  judge.name();
  expect([wentOn, isAllowed()]).toEqual([[], false]);
});
