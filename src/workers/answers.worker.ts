// The worker of real answers: reads files and works out credit away from the page. Thin: a request to the host, its replies back.

import { CpuExecutor } from '../gpu/cpuExecutor';
import { AnswersHost } from './answersHost';
import type { AnswersRequest } from './answersMessages';
import { tokenizerOpener } from './tokenizers';

const host = new AnswersHost({ executor: new CpuExecutor(), openTokenizer: tokenizerOpener(), post: (reply) => postMessage(reply), now: () => performance.now() });

addEventListener('message', ({ data }: MessageEvent<AnswersRequest>) => void host.receive(data));
