// A run between two updates, as a file or another process gets it. Random numbers need no state of their own: a draw
// depends on (seed, purpose, update, row, position) alone (src/random/threefry.ts).

import { FormatError } from '../formats/formatError';
import { readRunState } from '../formats/runStateFile';
import type { ModelConfig } from '../model/config';
import { readLiveSettings } from './interventions';
import type { ModelState, PolicyState } from './policyModel';
import { readConfiguration } from './readConfiguration';
import type { RunHeader, UpdateLine } from './record';

/** kernel name -> variant name */
export type KernelChoice = Readonly<Record<string, string>>;

export interface RunState {
  readonly header: RunHeader;
  readonly model: ModelConfig;
  /** of token ids 2, 3, ... that the policy was taught */
  readonly characters: readonly string[];
  /** of all updates done */
  readonly lines: readonly UpdateLine[];
  /** of every kernel prepared by then; the header's lacks those of the first gradient */
  readonly kernelChoice: KernelChoice;
  readonly policy: PolicyState;
  /** of the value model, where the run's method has one */
  readonly values?: ModelState;
}

/** What the value model needs of it. */
export type ResumedValues = Pick<RunState, 'model' | 'lines' | 'values' | 'kernelChoice'>;

const OF_VALUES = 'value/';

/** One list for a run: the value model's kernels, which may have other shapes and another device, are named with `value/` before them. */
export function joinKernelChoice(policy: KernelChoice, values?: { readonly kernelChoice: KernelChoice }): KernelChoice {
  return { ...policy, ...Object.fromEntries(Object.entries(values?.kernelChoice ?? {}).map(([kernel, variant]) => [`${OF_VALUES}${kernel}`, variant])) };
}

/** For the executor of the policy, and for that of the value model. */
export function splitKernelChoice(joined: KernelChoice): { policy: KernelChoice; values: KernelChoice } {
  const entries = Object.entries(joined);
  return {
    policy: Object.fromEntries(entries.filter(([kernel]) => !kernel.startsWith(OF_VALUES))),
    values: Object.fromEntries(entries.filter(([kernel]) => kernel.startsWith(OF_VALUES)).map(([kernel, variant]) => [kernel.slice(OF_VALUES.length), variant])),
  };
}

/** From a file, all of it checked. Throws a FormatError. */
export function openRunState(bytes: Uint8Array, fileName: string): RunState {
  const state = readRunState(bytes, fileName);
  try {
    const configuration = readConfiguration(state.header.configuration);
    for (const one of state.header.interventions ?? []) if (one.kind === 'settings') readLiveSettings(one.settings, configuration);
    return { ...state, header: { ...state.header, configuration } };
  } catch (error) {
    throw new FormatError(`${fileName}: configuration`, error instanceof Error ? error.message : String(error));
  }
}
