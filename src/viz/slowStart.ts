// What is being done where training takes long to begin, and what a person can do meanwhile.

export const LONG_START_MS = 8000;

export interface StartFacts {
  /** the worker's code has come and speaks */
  readonly hasWorker: boolean;
  readonly backend: 'unknown' | 'webgpu' | 'cpu' | 'replay';
  /** kernels of the run that is being prepared; null where none is */
  readonly kernels: { readonly done: number; readonly total: number } | null;
}

/** Undefined where nothing is on its way. */
export function slowStartWords({ hasWorker, backend, kernels }: StartFacts): string | undefined {
  if (backend === 'replay') return undefined;
  if (!hasWorker) return 'The training code is still being loaded. If the network is slow, wait; if nothing comes, reload this page.';
  if (backend === 'unknown') return 'The browser is still being asked for a graphics card. If it does not answer, the processor takes over by itself.';
  if (kernels === null) return undefined;
  const { done, total } = kernels;
  const onCard = backend === 'webgpu';
  if (total === 0) return `The device is being opened and the policy loaded. ${onCard ? 'If nothing comes, reload this page or take the processor.' : 'If nothing comes, reload this page.'}`;
  if (done < total) return `${onCard ? 'The graphics driver compiles the kernels' : 'The kernels are being made ready'}: ${done} of ${total} are done. ${onCard ? 'The first time takes longest; the processor needs no compiling.' : 'A smaller preset begins sooner.'}`;
  return 'The kernels are ready. The policy now answers the held-out problems, so that the first update has something to be compared with; fewer held-out problems or a smaller preset begin sooner.';
}
