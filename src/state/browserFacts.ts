// What this browser says of itself, for a sentence on what a person can do in it. Nothing else depends on a browser's name.

import type { NoDeviceReason } from '../gpu/device';
import type { BrowserFacts } from '../viz/webgpuNextStep';

/** Not in TypeScript's DOM library: Chromium alone has it. */
interface WithBrands { readonly userAgentData?: { readonly brands: readonly { readonly brand: string }[] } }

export function browserFacts(lack: NoDeviceReason): BrowserFacts {
  return {
    brands: (navigator as WithBrands).userAgentData?.brands.map(({ brand }) => brand) ?? [], userAgent: navigator.userAgent, touchPoints: navigator.maxTouchPoints,
    isSecureContext, hasGpu: 'gpu' in navigator, lack,
  };
}
