import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFileDesk, kindOfFile } from './fileDesk';

const PUBLIC = join(import.meta.dirname, '../../public');
const file = (...path: string[]): Blob => new Blob([readFileSync(join(PUBLIC, ...path))]);

describe('a file is known by its beginning', () => {
  it.each([
    ['picture.png', 'png'], ['icon.svg', 'svg'], ['runs/default.json', 'run'], ['answers/gsm8k.jsonl', 'answers'], ['models/chain/tokenizer.json', 'tokenizer'],
  ])('%s: %s', async (path, kind) => {
    expect(await kindOfFile(file(...path.split('/')))).toBe(kind);
  });

  it.each([
    ['{"format":"creditscope-run/2","x":1}', 'run'], ['\uFEFF <svg xmlns="http://www.w3.org/2000/svg"/>', 'svg'], ['<?xml version="1.0"?><svg/>', 'svg'],
    ['{"prompt": "p", "completions": ["\\"format\\":\\"creditscope-run/1\\""]}', 'answers'], ['', 'answers'], ['\u0089PNG', 'answers'], ['nonsense', 'answers'],
  ])('%s: %s', async (text, kind) => {
    expect(await kindOfFile(new Blob([text]))).toBe(kind);
  });
});

it('goes to whoever accepts such files, as long as they do', async () => {
  const desk = createFileDesk((name) => { throw new Error(name); });
  const opened: string[] = [];
  const stop = desk.accept('answers', (_file, name) => { opened.push(`first ${name}`); });
  await desk.open(new Blob(['{}']), 'a');
  desk.accept('answers', (_file, name) => { opened.push(`second ${name}`); });
  // the first is not there any more, and must not take the second away
  stop();
  await desk.open(new Blob(['{}']), 'b');
  await desk.open(new Blob(['<svg/>']), 'nobody');
  expect(opened).toEqual(['first a', 'second b']);
});

it('tells of a file that cannot be read or opened, and why', async () => {
  const told: string[] = [];
  const desk = createFileDesk((name, error) => told.push(`${name}: ${(error as Error).message}`));
  desk.accept('answers', () => Promise.reject(new Error('it holds nothing')));
  await desk.open(new Blob(['{}']), 'empty');
  const folder = new Blob(['']);
  folder.slice = () => Object.assign(new Blob(['']), { arrayBuffer: () => Promise.reject(new DOMException('not found', 'NotFoundError')) });
  await desk.open(folder, 'folder');
  expect(told).toEqual(['empty: it holds nothing', 'folder: it is a folder, or the browser may not read it']);
});
