// The judge that ships, live: its size, its tokens in transformers.js, and how well it finds the wrong steps of answers that the
// shipped policy chain writes at temperature 1 to held-out problems. Through the ONNX file, as the page uses it.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BUILT_IN_FOLDER, BUILT_IN_PROMPTS } from '../critics/builtInJudge';
import { modelJudge } from '../critics/model/modelJudge';
import { BUILT_IN, defaultSettings } from '../critics/model/modelSettings';
import { judgeMessages } from '../critics/prompts';
import { readHuggingFaceConfig } from '../formats/huggingFaceConfig';
import { readJudgeAccuracy } from '../formats/judgeAccuracy';
import { CpuExecutor } from '../gpu/cpuExecutor';
import { judgedTasks } from '../lab/judgeTraining/judgedTasks';
import { lessonOf, promptTokens, type Lesson } from '../lab/judgeTraining/lessons';
import { heldOutLessons, measureJudge } from '../lab/judgeTraining/measureJudge';
import { drawAnswer } from '../lab/judgeTraining/answers';
import { parameterShapes } from '../model/parameterLayout';
import { RandomStream, streamKey } from '../random/threefry';
import { nodeLanguageModel } from './nodeLanguageModel';
import { MODELS, policyFiles } from './places';

const FOLDER = join(MODELS, BUILT_IN_FOLDER);
const file = (name: string): Buffer => readFileSync(join(FOLDER, name));

let model: Awaited<ReturnType<typeof nodeLanguageModel>>;
beforeAll(async () => { model = await nodeLanguageModel(FOLDER); });
afterAll(() => model.close());

const judgeAt = (temperature: number) => modelJudge(BUILT_IN, { ...defaultSettings(BUILT_IN), temperature }, async () => model, streamKey(5, 'critique', 0));

test('at most 0.3 million parameters and 2 MB', () => {
  const config = readHuggingFaceConfig(JSON.parse(file('config.json').toString()));
  const parameters = [...parameterShapes(config).values()].reduce((sum, shape) => sum + shape.reduce((a, b) => a * b, 1), 0);
  expect(parameters).toBeLessThanOrEqual(300_000);
  expect(readJudgeAccuracy(file('accuracy.json').toString()).parameters).toBe(parameters);
  const bytes = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).map((name) => statSync(join(FOLDER, name))).reduce((sum, one) => sum + (one.isFile() ? one.size : 0), 0);
  expect(bytes).toBeLessThanOrEqual(2_000_000);
  // the weights are in it, as 32-bit floats
  expect(bytes).toBeGreaterThan(4 * parameters);
});

test('transformers.js reads what it is asked as the tokens it was taught on, of every task', () => {
  for (const { task } of judgedTasks()) {
    for (let n = 0; n < 50; n++) {
      const lesson = lessonOf(task, drawAnswer(task, [], RandomStream.of(11, 'judgeLessons', 0, n)));
      if (lesson.isCorrect_K.length === 0 || lesson.isCorrect_K.length > 16) continue;
      expect(model.encode(judgeMessages(BUILT_IN_PROMPTS, lesson.case))).toEqual(promptTokens(lesson.case));
    }
  }
});

let lessons: Lesson[];
test('F1 on chain is at least 0.9, and every critique can be read', async () => {
  const { task } = judgedTasks()[0]!;
  const executor = new CpuExecutor({ useSimd: true });
  lessons = await heldOutLessons(executor, policyFiles('chain'), task, 96, 77);
  executor.destroy();
  expect(task.name).toBe('chain');
  expect(lessons.flatMap(({ isCorrect_K }) => isCorrect_K).filter((isCorrect) => !isCorrect).length).toBeGreaterThan(40);
  const { single } = await measureJudge(judgeAt(defaultSettings(BUILT_IN).temperature), lessons, 1);
  expect(single.f1).toBeGreaterThanOrEqual(0.9);
  expect(single.missing).toBe(0);
}, 60_000);

test('it says what each step should be, and the same again when asked again', async () => {
  const asked = [{ problem: '7+5-3+8:', rules: judgedTasks()[0]!.task.rules, steps_K: ['7+5=2\n', '2-3=8\n', '8+8=6\n', '=6'] }];
  const [critiques] = await judgeAt(0).critique(asked, 1);
  const first = critiques![0]!;
  expect(first.text).toBe('step 0: 7+5:12=2 right\nstep 1: 2-3:-1=9 wrong\nstep 2: 8+8:16=6 right\nstep 3: =6 right\nWrong steps: [1]');
  expect(first.flags).toEqual([1]);
  const some = lessons.slice(0, 8).map((one) => one.case);
  expect(await judgeAt(1).critique(some, 2)).toEqual(await judgeAt(1).critique(some, 2));
}, 60_000);
