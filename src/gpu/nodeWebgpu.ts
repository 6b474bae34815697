// WebGPU in Node through the `webgpu` package (Dawn). Without a real GPU it finds SwiftShader where Chromium put it.

import { existsSync } from 'node:fs';

const SWIFTSHADER_FOLDERS = ['/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome', '/opt/chromium.org/chromium'];

/** Dawn rounds timestamps to 0.1 ms unless told otherwise: longer than most kernels take. */
const EXACT_TIMESTAMPS = 'disable-dawn-features=timestamp_quantization';

/** The GPU object of this process, kept in a global: long runs aborted when it was collected. */
declare global {
  var creditscopeGpu: GPU | undefined;
}

/** Resolves to undefined where Dawn cannot be loaded; openDevice then says that there is no WebGPU. */
export async function nodeGpu(): Promise<GPU | undefined> {
  if (globalThis.creditscopeGpu !== undefined) return globalThis.creditscopeGpu;
  try {
    pointAtSwiftShader();
    const { create, globals } = await import('webgpu');
    Object.assign(globalThis, globals);
    globalThis.creditscopeGpu = create([EXACT_TIMESTAMPS]);
    return globalThis.creditscopeGpu;
  } catch {
    return undefined;
  }
}

/** A machine that names its Vulkan drivers, or has a real one, is left alone. Where Vulkan's loader lies: cli/dawnEnvironment.mjs. */
function pointAtSwiftShader(): void {
  const folder = SWIFTSHADER_FOLDERS.find((one) => existsSync(`${one}/vk_swiftshader_icd.json`));
  if (folder === undefined || process.env.VK_DRIVER_FILES !== undefined || existsSync('/dev/dri') || existsSync('/dev/nvidia0')) return;
  process.env.VK_DRIVER_FILES = `${folder}/vk_swiftshader_icd.json`;
}
