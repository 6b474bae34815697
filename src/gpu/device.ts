// Finds an adapter and opens a device. Every way this can fail is a typed reason that a page can explain.

export type NoDeviceReason = 'no-webgpu' | 'no-adapter' | 'software-adapter' | 'limits-too-low' | 'request-failed' | 'timeout';

export class NoDeviceError extends Error {
  constructor(readonly reason: NoDeviceReason, message: string) {
    super(message);
    this.name = 'NoDeviceError';
  }
}

export interface OpenDevice {
  readonly device: GPUDevice;
  readonly description: string;
  readonly isFallback: boolean;
}

/** The kernels bind at most 8 storage buffers and use at most 256 invocations a workgroup. */
const NEEDED = { maxStorageBuffersPerShaderStage: 8, maxComputeInvocationsPerWorkgroup: 256 } as const;
/** Raised to what the adapter has, so that a flat parameter buffer fits one binding. */
const RAISED = ['maxStorageBufferBindingSize', 'maxBufferSize'] as const;
const TIMEOUT_MS = 8000;

export async function openDevice(gpu: GPU | undefined): Promise<OpenDevice> {
  if (gpu === undefined) {
    throw new NoDeviceError('no-webgpu', globalThis.isSecureContext === false
      ? 'WebGPU needs https or localhost; this page came over plain http from another machine.'
      : 'This browser has no WebGPU.');
  }
  const adapter = await withTimeout(gpu.requestAdapter({ powerPreference: 'high-performance' }));
  if (adapter === null) throw new NoDeviceError('no-adapter', 'WebGPU is present but offers no adapter on this machine.');
  for (const [name, least] of Object.entries(NEEDED)) {
    const has = adapter.limits[name as keyof typeof NEEDED];
    if (has < least) throw new NoDeviceError('limits-too-low', `The adapter allows ${name} = ${has}; ${least} are needed.`);
  }
  const requiredLimits = Object.fromEntries(RAISED.map((name) => [name, adapter.limits[name]]));
  const requiredFeatures: GPUFeatureName[] = adapter.features.has('timestamp-query') ? ['timestamp-query'] : [];
  const device = await withTimeout(adapter.requestDevice({ requiredLimits, requiredFeatures })).catch((error: unknown) => {
    if (error instanceof NoDeviceError) throw error;
    throw new NoDeviceError('request-failed', `The adapter refused a device: ${String(error)}`);
  });
  const { vendor, architecture, description, device: model } = adapter.info;
  const name = [vendor, architecture, description || model].filter((part) => part !== undefined && part !== '').join(' ') || 'unnamed adapter';
  return { device, description: name, isFallback: adapter.info.isFallbackAdapter ?? false };
}

/** Some browsers never answer requestAdapter when the GPU process is stuck. */
async function withTimeout<T>(promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NoDeviceError('timeout', `WebGPU did not answer within ${TIMEOUT_MS / 1000} s.`)), TIMEOUT_MS);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
