// The worker of what-if: an update's credit again with some numbers changed, while another worker may be training. On the processor,
// so it answers where no GPU is; nothing of it reaches a run.

import { CpuExecutor } from '../gpu/cpuExecutor';
import { whatIf } from '../lab/whatIf/whatIf';
import { sentence } from './sentence';
import type { WhatIfReply, WhatIfRequest } from './whatIfMessages';

const executor = new CpuExecutor();

addEventListener('message', ({ data: { id, configuration, update, edits } }: MessageEvent<WhatIfRequest>) => {
  const reply = (body: WhatIfReply): void => postMessage(body);
  whatIf(executor, configuration, update, edits)
    .then((result) => reply({ id, kind: 'result', result }), (error: unknown) => reply({ id, kind: 'failed', message: sentence(error) }));
});
