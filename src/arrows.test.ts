// Holds the house's arrows: which room may import from which (type-only imports are free, tests may reach down to the
// test executors), and a few words that have no place in the rooms that must be reproducible or show untrusted text.

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { parseSync } from 'vite';
import { expect, test } from 'vitest';

const SRC = import.meta.dirname;
const ENGINE = ['random', 'tasks', 'gpu', 'kernels', 'model', 'credit', 'critics', 'formats', 'lab'];

/** Rooms that a room may import values from, beside itself. `main` is a file at src's top. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  random: [],
  gpu: [],
  viz: [],
  tasks: ['random'],
  kernels: ['gpu', 'random'],
  model: ['kernels', 'gpu', 'random'],
  credit: ['kernels', 'gpu', 'random'],
  critics: ['model', 'tasks', 'random'],
  formats: ['model', 'tasks'],
  lab: ENGINE,
  // tasks and methods for the catalogue, which is how their names and parameters reach the page
  workers: ['lab', 'gpu', 'formats', 'tasks', 'credit'],
  bench: ENGINE,
  cli: [...ENGINE, 'bench'],
  state: ['workers', 'viz', 'lessons'],
  views: ['state', 'viz', 'lessons'],
  lessons: [],
  main: ['views', 'state'],
};
/** Tests of any room may use the test executors and seeded numbers. */
const TESTS_MAY_IMPORT = ['gpu', 'random'];
/** Anything else outside src: only text, by these folders. */
const TEXT_FOLDERS = ['shaders', 'e2e/fixtures', 'public'];

const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path) || /[tT]esting\.ts$/.test(path);
/** A room's own name stands for its index file; other files at src's top are `main`. */
const roomOf = (path: string): string => (path.includes('/') ? path.slice(0, path.indexOf('/')) : path in MAY_IMPORT ? path : 'main');

/** Modules whose values a file imports, as written. */
function importedValues(path: string, code: string): string[] {
  const { module } = parseSync(path, code);
  const fromImports = module.staticImports.filter(({ entries }) => entries.length === 0 || entries.some((one) => !one.isType)).map((one) => one.moduleRequest.value);
  const fromExports = module.staticExports.flatMap(({ entries }) => entries.filter((one) => !one.isType).flatMap((one) => one.moduleRequest?.value ?? []));
  const fromCalls = module.dynamicImports.map(({ moduleRequest }) => code.slice(moduleRequest.start + 1, moduleRequest.end - 1));
  // new Worker(new URL('./policy.worker.ts', import.meta.url)) is an import in all but name
  const fromWorkers = [...code.matchAll(/new (?:Shared)?Worker\(\s*new URL\(\s*'(\.[^']+)'/g)].map((match) => match[1]!);
  return [...fromImports, ...fromExports, ...fromCalls, ...fromWorkers];
}

/** `path` is relative to src, with forward slashes. */
function violationsOf(path: string, code: string): string[] {
  const room = roomOf(path);
  const allowed = MAY_IMPORT[room];
  if (allowed === undefined) return [`${path}: src/${room} is not a room of the house`];
  return importedValues(path, code).flatMap((target) => {
    if (!target.startsWith('.')) return [];
    const inside = join(dirname(path), target.replace(/\?\w+$/, '')).split(sep).join('/');
    if (inside.startsWith('../')) {
      const place = inside.slice(3);
      return TEXT_FOLDERS.some((folder) => place.startsWith(`${folder}/`)) || (room === 'cli' && place.startsWith('e2e/')) ? [] : [`${path} imports ${target}, outside src`];
    }
    const to = roomOf(inside);
    if (to === room || allowed.includes(to) || (isTest(path) && TESTS_MAY_IMPORT.includes(to))) return [];
    return [`${path} imports ${target}: ${room} may not know ${to}`];
  });
}

const RANDOMNESS_AND_CLOCK = /\bMath\.random\b|\bDate\.now\b|\bnew Date\(\)/;
const RAW_MARKUP = /dangerouslySetInnerHTML|\.(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write\b|\.html\(/;
const WITH_CLOCK = ['views', 'state', 'cli', 'main'];

function forbiddenWordsIn(path: string, code: string): string[] {
  const found: string[] = [];
  if (/\butils?\b|[a-z]Utils?\b/.test(path)) found.push(`${path}: a name that says nothing`);
  const withoutComments = code.replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, '');
  if (!WITH_CLOCK.includes(roomOf(path)) && RANDOMNESS_AND_CLOCK.test(withoutComments)) found.push(`${path}: randomness or time of day in the engine`);
  if (RAW_MARKUP.test(withoutComments)) found.push(`${path}: text set as markup`);
  return found;
}

function sources(): { path: string; code: string }[] {
  return readdirSync(SRC, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile() && /\.(?:tsx?|mjs)$/.test(one.name))
    .map((one) => join(one.parentPath, one.name))
    .filter((path) => path !== import.meta.filename)
    .map((path) => ({ path: relative(SRC, path).split(sep).join('/'), code: readFileSync(path, 'utf8') }));
}

test('every import follows the arrows', () => {
  expect(sources().flatMap(({ path, code }) => violationsOf(path, code))).toEqual([]);
});

test('no randomness, clock, raw markup or empty names where they do not belong', () => {
  expect(sources().flatMap(({ path, code }) => forbiddenWordsIn(path, code))).toEqual([]);
});

test.each([
  ['views/Panel.tsx', "import { Plan } from '../gpu/plan';"],
  ['views/Panel.tsx', "import { type Plan, slice } from '../gpu/plan';"],
  ['tasks/chain.ts', "export { Plan } from '../gpu/plan';"],
  ['gpu/plan.ts', "const kernels = await import('../kernels/all');"],
  ['views/Panel.tsx', "new Worker(new URL('../workers/policy.worker.ts', import.meta.url), { type: 'module' });"],
  ['model/forward.test.ts', "import { run } from '../lab/phases';"],
  ['model/forward.ts', "import '../../vite.config';"],
  ['helpers/thing.ts', ''],
  ['gpu/plan.ts', "import { taskNamed } from '../tasks';"],
])('an arrow against the house is seen: %s %s', (path, code) => {
  expect(violationsOf(path, code)).toHaveLength(1);
});

test.each([
  ['views/Panel.tsx', "import type { Plan } from '../gpu/plan';\nimport { type Slice } from '../gpu/buffer';\nexport type { Call } from '../gpu/plan';"],
  ['kernels/loss/thing.ts', "import shader from '../../../shaders/loss/thing.wgsl?raw';\nimport { read } from '../../gpu/kernel';"],
  ['tasks/chain.test.ts', "import { testExecutors } from '../gpu/testing';\nimport { expect } from 'vitest';"],
])('what follows the arrows passes: %s', (path, code) => {
  expect(violationsOf(path, code)).toEqual([]);
});

test.each([
  ['lab/phases.ts', 'const seed = Math.random();'],
  ['gpu/pacer.ts', 'const now = Date.now();'],
  ['views/Panel.tsx', 'node.innerHTML = text;'],
  ['views/Panel.tsx', '<p dangerouslySetInnerHTML={{ __html: text }} />'],
  ['viz/colorUtils.ts', ''],
  ['lab/utils/number.ts', ''],
])('a forbidden word is seen: %s %s', (path, code) => {
  expect(forbiddenWordsIn(path, code)).toHaveLength(1);
});

test('comments may name what is forbidden', () => {
  expect(forbiddenWordsIn('gpu/pacer.ts', '// never Date.now\n/* nor Math.random */')).toEqual([]);
});
