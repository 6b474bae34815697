// Which variant of a kernel runs on which adapter. The choice depends on the kernel, the class of adapter and
// the kernel's constants, never on batch or length, and is written on a run's first line.

import type { Kernel, KernelVariant, Scalars } from './kernel';

export type AdapterClass = 'fallback' | 'hardware';

export function chooseVariant(
  kernel: Kernel,
  constants: Scalars,
  adapter: AdapterClass,
  stored: Readonly<Record<string, string>> = {},
): KernelVariant {
  const able = kernel.variants.filter((variant) => variant.supports?.(constants) ?? true);
  const wanted = able.find((variant) => variant.name === stored[kernel.name]);
  const best = wanted ?? able.find((variant) => (variant.preferredOn ?? adapter) === adapter) ?? able.at(-1);
  if (best === undefined) throw new Error(`no variant of ${kernel.name} supports ${JSON.stringify(constants)}`);
  return best;
}
