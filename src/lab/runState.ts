// A run between two updates, as a file or another process gets it. Random numbers need no state of their own: a draw
// depends on (seed, purpose, update, row, position) alone (src/random/threefry.ts).

import { FormatError } from '../formats/formatError';
import { readRunState } from '../formats/runStateFile';
import type { ModelConfig } from '../model/config';
import type { PolicyState } from './policyModel';
import { readConfiguration } from './readConfiguration';
import type { RunHeader, UpdateLine } from './record';

export interface RunState {
  readonly header: RunHeader;
  readonly model: ModelConfig;
  /** of token ids 2, 3, ... that the policy was taught */
  readonly characters: readonly string[];
  /** of all updates done */
  readonly lines: readonly UpdateLine[];
  /** of every kernel prepared by then; the header's lacks those of the first gradient */
  readonly kernelChoice: Readonly<Record<string, string>>;
  readonly policy: PolicyState;
}

/** From a file, all of it checked. Throws a FormatError. */
export function openRunState(bytes: Uint8Array, fileName: string): RunState {
  const state = readRunState(bytes, fileName);
  try {
    return { ...state, header: { ...state.header, configuration: readConfiguration(state.header.configuration) } };
  } catch (error) {
    throw new FormatError(`${fileName}: configuration`, error instanceof Error ? error.message : String(error));
  }
}
