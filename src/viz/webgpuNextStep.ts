// What a person can do where there is no WebGPU: one exact step for this browser, this system and this reason. What browsers
// offer changes, so it stands here as data; looked up in July 2026 at https://github.com/gpuweb/gpuweb/wiki/Implementation-Status,
// https://developer.chrome.com/docs/web-platform/webgpu/troubleshooting-tips and mdn/browser-compat-data. To be looked up again
// before a release.

import type { NoDeviceReason } from '../gpu/device';

export interface BrowserFacts {
  /** names in navigator.userAgentData.brands; none where a browser has no such thing */
  readonly brands: readonly string[];
  readonly userAgent: string;
  /** tells an iPad, which says that it is a Mac, from one */
  readonly touchPoints: number;
  readonly isSecureContext: boolean;
  /** the page itself sees navigator.gpu */
  readonly hasGpu: boolean;
  readonly lack: NoDeviceReason;
}

type BrowserName = 'chrome' | 'edge' | 'chromium' | 'firefox' | 'safari' | 'other';
type SystemName = 'windows' | 'mac' | 'linux' | 'chromeos' | 'android' | 'ios' | 'other';

interface Steps {
  /** for a browser without WebGPU */
  readonly absent: string;
  /** the version from which on that cannot be for its age; undefined where age is not the point */
  readonly since?: number;
  /** for one that has WebGPU, or should have, and gives no graphics card */
  readonly refused: string;
}

const ELSEWHERE = 'Open this page in Chrome or Edge, version 113 or newer.';

/** Chrome and its relatives differ in their name and in where their settings are. */
function chromiumSteps(name: string, pages: string): Readonly<Record<Exclude<SystemName, 'ios' | 'other'>, Steps>> {
  const acceleration = `Switch on “Use graphics acceleration when available” at ${pages}://settings/system and restart ${name}. If it is on, update the graphics driver; ${pages}://gpu says what is in the way.`;
  const desktop: Steps = { since: 113, absent: `Update ${name} to version 113 or newer.`, refused: acceleration };
  return {
    windows: desktop,
    mac: desktop,
    chromeos: desktop,
    linux: {
      since: 144,
      absent: `Update ${name} to version 144 or newer.`,
      refused: `On Linux ${name} offers WebGPU by itself for some graphics cards only (Intel, generation 12 or newer). For others close it and start it with --enable-unsafe-webgpu --ozone-platform=x11 --use-angle=vulkan --enable-features=Vulkan,VulkanFromANGLE`,
    },
    android: {
      since: 121,
      absent: `Update ${name} to version 121 or newer; it needs Android 12.`,
      refused: `On Android ${name} offers WebGPU from Android 12 on, for graphics by Qualcomm or ARM. On another device there is nothing to switch on.`,
    },
  };
}

/** Every browser there has Safari's engine. */
const ON_IOS: Steps = { absent: 'Update this device to iOS or iPadOS 26 or newer: every browser on it gets WebGPU from the system.', refused: 'Close other tabs and apps, switch off Low Power Mode, and reload this page.' };

const FIREFOX_SETTINGS = 'Switch on “Use hardware acceleration when available” in Firefox under Settings, General, Performance, and restart it. If it is on, update the graphics driver; about:support says what is in the way.';

const STEPS: Readonly<Record<Exclude<BrowserName, 'other'>, Readonly<Partial<Record<SystemName, Steps>>>>> = {
  chrome: chromiumSteps('Chrome', 'chrome'),
  edge: chromiumSteps('Edge', 'edge'),
  chromium: chromiumSteps('this browser', 'chrome'),
  firefox: {
    windows: { since: 141, absent: 'Update Firefox to version 141 or newer.', refused: FIREFOX_SETTINGS },
    mac: { absent: 'On a Mac with Apple silicon update Firefox to version 147 or newer. On a Mac with Intel open this page in Chrome or Edge.', refused: FIREFOX_SETTINGS },
    linux: { absent: 'In Firefox open about:config, set dom.webgpu.enabled to true and restart it (version 152 or newer).', refused: FIREFOX_SETTINGS },
    android: { absent: 'Firefox for Android has no WebGPU yet: open this page in Chrome, version 121 or newer.', refused: 'Firefox for Android has no WebGPU yet: open this page in Chrome, version 121 or newer.' },
  },
  safari: {
    mac: { since: 26, absent: 'Update to macOS 26 or newer, whose Safari has WebGPU, or open this page in Chrome or Edge.', refused: 'Restart Safari. If that does not help, open this page in Chrome or Edge.' },
  },
};

/** One or two sentences. */
export function webgpuNextStep(facts: BrowserFacts): string {
  if (!facts.isSecureContext) return 'Open this page by an https address. If you serve it yourself, open it on that machine as http://localhost.';
  const [browser, system] = [browserOf(facts), systemOf(facts)];
  const steps = system === 'ios' ? ON_IOS : browser === 'other' ? undefined : STEPS[browser][system];
  switch (facts.lack) {
    case 'no-webgpu': return facts.hasGpu ? 'This browser has WebGPU for pages and not for workers, which train here: update it.' : (versionOf(facts) >= (steps?.since ?? Infinity) ? steps?.refused : steps?.absent) ?? ELSEWHERE;
    case 'no-adapter': return steps?.refused ?? ELSEWHERE;
    case 'software-adapter': return `A machine without a graphics card trains on the processor. If this one has a card: ${steps?.refused ?? ELSEWHERE}`;
    case 'limits-too-low': return 'There is nothing to switch on: this graphics card is too small for the kernels. The processor does the same work.';
    case 'request-failed': return `Restart the browser. ${system === 'windows' || system === 'linux' ? 'If that does not help, update the graphics driver.' : 'If that does not help, update it.'}`;
    case 'timeout': return 'Close other tabs that draw much, and reload this page. If that does not help, restart the browser.';
    default: return facts.lack satisfies never;
  }
}

function browserOf({ brands, userAgent }: Pick<BrowserFacts, 'brands' | 'userAgent'>): BrowserName {
  if (brands.includes('Microsoft Edge') || /\bEdg(?:A|iOS)?\//.test(userAgent)) return 'edge';
  if (brands.includes('Google Chrome')) return 'chrome';
  if (brands.includes('Chromium')) return 'chromium';
  if (/\b(?:Firefox|FxiOS)\//.test(userAgent)) return 'firefox';
  if (/\b(?:Chrome|CriOS)\//.test(userAgent)) return 'chrome';
  return /\bVersion\/[\d.]+ .*\bSafari\//.test(userAgent) ? 'safari' : 'other';
}

/** 0 where it does not say. */
function versionOf({ userAgent }: Pick<BrowserFacts, 'userAgent'>): number {
  return Number(/\b(?:Chrome|Firefox|Version)\/(\d+)/.exec(userAgent)?.[1] ?? 0);
}

function systemOf({ userAgent, touchPoints }: Pick<BrowserFacts, 'userAgent' | 'touchPoints'>): SystemName {
  if (/\b(?:iPhone|iPad|iPod)\b/.test(userAgent) || (userAgent.includes('Macintosh') && touchPoints > 1)) return 'ios';
  if (userAgent.includes('Android')) return 'android';
  if (userAgent.includes('CrOS')) return 'chromeos';
  if (userAgent.includes('Windows')) return 'windows';
  if (userAgent.includes('Macintosh')) return 'mac';
  return /Linux|X11/.test(userAgent) ? 'linux' : 'other';
}
