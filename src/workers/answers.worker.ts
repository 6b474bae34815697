// The worker of real answers: reads files and works out credit away from the page. Thin: a request to the host, its replies back. The
// first message says what the page's address asks to run on; a critics' worker of its own starts with the first question to a judge.

import type { ExecutorWish } from '../gpu/chooseExecutor';
import { CpuExecutor } from '../gpu/cpuExecutor';
import type { JudgeProgress } from '../lab/judging';
import { AnswersHost } from './answersHost';
import type { AnswersRequest } from './answersMessages';
import { CriticClient } from './criticClient';
import { lifelineCut } from './lifeline';
import { tokenizerOpener } from './tokenizers';

addEventListener('message', ({ data: wish }: MessageEvent<ExecutorWish>) => {
  let critics: CriticClient | undefined;
  let hear: (progress: JudgeProgress) => void = () => {};
  let questions = 0;
  const openCritics = (): CriticClient => new CriticClient(() => {
    const worker = new Worker(new URL('./critic.worker.ts', import.meta.url), { type: 'module' });
    worker.postMessage(wish);
    return worker;
  }, lifelineCut, undefined, (progress) => hear(progress));
  const host = new AnswersHost({
    executor: new CpuExecutor(), openTokenizer: tokenizerOpener(), post: (reply) => postMessage(reply), now: () => performance.now(),
    askJudge: (question, onProgress) => {
      hear = onProgress;
      return (critics ??= openCritics()).judgeCases(`answers ${++questions}`, question);
    },
    cancelJudging: () => critics?.cancelCritique(),
  });
  addEventListener('message', ({ data }: MessageEvent<AnswersRequest>) => void host.receive(data));
}, { once: true });
