// What of this machine decides where a model runs.

import type { ExecutorWish } from '../../gpu/chooseExecutor';
import type { Machine } from '../../lab/judging';

export async function probeMachine(wish: ExecutorWish): Promise<Machine> {
  if (wish.executor === 'cpu') return { reason: 'the page’s address asks for the processor.' };
  const gpu = navigator.gpu as GPU | undefined;
  if (gpu === undefined) return { reason: 'this browser has no WebGPU, or the page is not served over https or localhost.' };
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null);
  if (adapter === null) return { reason: 'WebGPU offers no adapter on this machine.' };
  const { vendor, architecture, isFallbackAdapter } = adapter.info;
  return { adapter: { name: [vendor, architecture].filter((part) => part !== '').join(' ') || 'unnamed adapter', isSoftware: isFallbackAdapter ?? false, hasF16: adapter.features.has('shader-f16') } };
}
