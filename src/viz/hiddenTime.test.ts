import { expect, test } from 'vitest';
import { hiddenSentence, type HiddenTime } from './hiddenTime';

const from = new Date(2026, 10, 21, 14, 3, 9).getTime();
const TAB = 'The tab was hidden from 14:03:09 to 14:04:49, and nothing was drawn.';

test.each<[string, Partial<HiddenTime>, string]>([
  ['went on', { made: 200, msPerUpdate: 500 }, `${TAB} Training went on: updates 13 to 212 were made.`],
  ['one slow update', { made: 1, msPerUpdate: 80_000 }, `${TAB} Training went on: update 13 was made.`],
  ['slowed', { made: 3, msPerUpdate: 500 }, `${TAB} The browser slowed training down: only updates 13 to 15 were made, about 200 are made in that time with the tab in sight.`],
  ['paused', { made: 0, msPerUpdate: 500 }, `${TAB} The browser paused training: no update was made, about 200 are made in that time with the tab in sight.`],
  ['an update longer than it', { made: 0, msPerUpdate: 90_000 }, `${TAB} No update was finished in that time.`],
  ['no pace known', { made: 0 }, `${TAB} No update was finished in that time.`],
  ['no pace known, some made', { made: 2 }, `${TAB} Training went on: updates 13 to 14 were made.`],
])('%s', (_, given, sentence) => {
  expect(hiddenSentence({ from, to: from + 100_000, after: 12, made: 0, ...given })).toBe(sentence);
});
