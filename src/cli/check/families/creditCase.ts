// What one file of creditMethods/ says about a fixture's credit method: which program of ours it is with which parameters,
// and which rows hold what is expected; or, where no program is involved, how the numbers are computed.

import type { Executor } from '../../../gpu/executor';
import type { OptionValues } from '../../../tasks/task';
import type { Fields } from '../fields';
import type { CreditBatch } from './creditBatch';

/** A row by its id, or numbers made from one (where a case counts another way, such as positions instead of marks). */
export type RowReading = string | { readonly row: string; read(values: Float32Array, batch: CreditBatch): readonly (readonly number[])[] };

export interface ProgramCase {
  /** name in src/credit/methods */
  readonly method: string;
  readonly parameters: OptionValues;
  /** key of expected -> row; `advantages` needs no entry where it means the advantage of each token */
  readonly rows: Readonly<Record<string, RowReading>>;
  /** where the case brings its own inputs instead of a batch */
  readonly batch?: CreditBatch;
}

/** Every param that is read counts as known; one that is not makes the case skipped. Throw NotKnown for unknown values. */
export type CreditMethodReader = { readonly fixtureMethod: string } & (
  | { read(params: Fields, inputs: Fields): ProgramCase }
  /** key of expected -> numbers, flat */
  | { readonly isHost: boolean; compute(params: Fields, inputs: Fields, executor: Executor): Promise<Readonly<Record<string, ArrayLike<number>>>> }
);
