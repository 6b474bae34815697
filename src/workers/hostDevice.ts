// The device that the host computes on: opened when it is first needed, which the page hears of, and freed with its run. The next run
// opens it anew.

import type { Executor } from '../gpu/executor';
import type { Backend, BackendWish } from './hostParts';
import type { EventBody } from './protocol';

export class HostDevice {
  private backend: Backend | undefined;

  constructor(private readonly openBackend: (wish?: BackendWish) => Promise<Backend>, private readonly tell: (event: EventBody) => void) {}

  /** One that is open stays, whatever is wished. */
  async open(wish?: BackendWish): Promise<Backend> {
    if (this.backend !== undefined) return this.backend;
    const backend = await this.openBackend(wish);
    this.backend = backend;
    const { executor, reason, lack } = backend;
    this.tell({ kind: 'backend', backend: executor.kind, adapter: executor.description, threads: executor.threads, ...(reason !== undefined && { reason }), ...(lack !== undefined && { lack }) });
    return backend;
  }

  get executor(): Executor | undefined {
    return this.backend?.executor;
  }

  get isProcessor(): boolean {
    return this.backend?.executor.kind === 'cpu';
  }

  get kernelChoice(): Readonly<Record<string, string>> {
    return this.backend?.executor.kernelChoice ?? {};
  }

  free(): void {
    this.backend?.executor.destroy();
    this.backend = undefined;
  }
}
