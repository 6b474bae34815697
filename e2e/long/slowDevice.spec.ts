// A device on which an update takes half a minute: the page offers less, and leaves the choice to the person.

import { test, expect } from 'vitest';
import { sharedSite, visit } from '../site';

const site = sharedSite();

test('where an update takes long, less is offered, and nothing is changed unasked', async () => {
  // the worker's own clock can't be slowed; what it reports can
  const slowed = (): void => {
    const { get } = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data')!;
    Object.defineProperty(MessageEvent.prototype, 'data', {
      get(this: MessageEvent): unknown {
        const data: unknown = get!.call(this);
        const { records } = (data ?? {}) as { records?: { line?: { seconds: Record<string, number> } }[] };
        for (const record of Array.isArray(records) ? records : []) if (record.line !== undefined) Object.assign(record.line.seconds, { sample: 30, gradient: 10 });
        return data;
      },
    });
  };
  site.visited = await visit(site, { hash: '#v=1&p=small&problems=9&method=grpo', before: (context) => context.addInitScript(slowed) });
  const { page } = site.visited;
  await page.getByLabel('Preset').waitFor();
  const notice = page.getByText(/^An update takes [\d.]+ seconds here\./);
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await notice.waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  expect(await notice.getByRole('link', { name: 'Try the processor' }).getAttribute('href')).toMatch(/^\/some\/base\/\?executor=cpu#/);
  await notice.getByRole('button', { name: /^Set up a smaller preset: Watch it learn/ }).click();
  await page.getByRole('button', { name: /^Restart with \d+ change/ }).waitFor();
  await notice.getByRole('button', { name: 'Dismiss' }).click();
  expect(await notice.count()).toBe(0);
});
