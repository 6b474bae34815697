// A judge's folder, measured as it is used: transformers.js writes the critiques, of answers by every shipped policy.

import { modelJudge } from '../critics/model/modelJudge';
import { BUILT_IN, defaultSettings } from '../critics/model/modelSettings';
import { ACCURACY_FORMAT, type JudgeAccuracy, type TaskAccuracy } from '../formats/judgeAccuracy';
import type { Executor } from '../gpu/executor';
import { judgedTasks } from '../lab/judgeTraining/judgedTasks';
import { JUDGE_CONFIG } from '../lab/judgeTraining/judgeModel';
import { heldOutLessons, measureJudge } from '../lab/judgeTraining/measureJudge';
import { parameterShapes } from '../model/parameterLayout';
import { streamKey } from '../random/threefry';
import { nodeLanguageModel } from './nodeLanguageModel';
import { policyFiles } from './places';

const VOTES = 4;
const SEED = 1;

/** `answers` of each policy; the executor, on which the policies write them, is given back. */
export async function measureFolder(folder: string, answers: number, executor: Executor, say: (sentence: string) => void): Promise<JudgeAccuracy> {
  const model = await nodeLanguageModel(folder);
  const settings = defaultSettings(BUILT_IN);
  const judgeAt = (temperature: number) => modelJudge(BUILT_IN, { ...settings, temperature }, async () => model, streamKey(SEED, 'judgeLessons', 0));
  const tasks: TaskAccuracy[] = [];
  for (const { policy, task } of judgedTasks()) {
    const lessons = await heldOutLessons(executor, policyFiles(policy), task, answers, SEED);
    const greedy = await measureJudge(judgeAt(0), lessons, 1);
    const { single, voted } = await measureJudge(judgeAt(settings.temperature), lessons, VOTES);
    const steps = lessons.flatMap(({ isCorrect_K }) => isCorrect_K);
    tasks.push({ task: policy, answers: lessons.length, steps: steps.length, wrongSteps: steps.filter((isCorrect) => !isCorrect).length, ...single, greedyF1: greedy.single.f1, votedF1: voted.f1 });
    say(`${policy}: precision ${single.precision.toFixed(3)}, recall ${single.recall.toFixed(3)}, F1 ${single.f1.toFixed(3)} (greedy ${greedy.single.f1.toFixed(3)}, vote of ${VOTES} ${voted.f1.toFixed(3)}), ${single.missing} of ${lessons.length} missing`);
  }
  await model.close();
  executor.destroy();
  return { format: ACCURACY_FORMAT, parameters: [...parameterShapes(JUDGE_CONFIG).values()].reduce((sum, shape) => sum + shape.reduce((a, b) => a * b, 1), 0), temperature: settings.temperature, votes: VOTES, tasks };
}
