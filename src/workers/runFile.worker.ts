// The worker of one run file. Thin: a request to the host, its replies back.

import { RunFileHost } from './runFileHost';
import type { RunFileRequest } from './runFileMessages';

const host = new RunFileHost({ post: (reply, transfer) => postMessage(reply, { transfer }), now: () => performance.now() });

addEventListener('message', ({ data }: MessageEvent<RunFileRequest>) => void host.receive(data));
