// A family of fixture cases: how to recognise one from its content, and how to compute what it expects.

import type { Executor } from '../../gpu/executor';
import type { Comparison } from './comparison';
import type { Fields } from './fields';
import type { FixtureCase } from './fixture';

/** Something this program does not know: the case is skipped with this reason, never passed. */
export class NotKnown extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'NotKnown';
  }
}

/** A parameter outside a method's bounds is an option not known here. */
export function refuseParameters(trace: () => void): void {
  try {
    trace();
  } catch (error) {
    if (error instanceof RangeError) throw new NotKnown(error.message);
    throw error;
  }
}

export interface CaseRun {
  readonly fixture: FixtureCase;
  readonly inputs: Fields;
  readonly comparison: Comparison;
  readonly executor: Executor;
  /** Other cases of the same folder tree and the files beside them. */
  readonly neighbours: Neighbours;
}

export interface Neighbours {
  /** A file named by a case, looked up beside the case's file and in the folders above it, up to the folder checked. */
  file(from: FixtureCase, name: string): Promise<Uint8Array>;
  /** The folder (beside the case's file, or holding it) that has the named file in it; its files by name. */
  folder(from: FixtureCase, name: string, holds: string): (file: string) => Promise<Uint8Array>;
}

export interface Family {
  readonly name: string;
  /** from the fields of inputs and expected */
  recognises(fixture: FixtureCase): boolean;
  /** one body: run once, as executor `host` */
  isHost(fixture: FixtureCase): boolean;
  /** keys of expected that inform a reader and are not results */
  readonly informational?: readonly string[];
  /** Reads inputs, computes, compares. Throws NotKnown for what it cannot do and FormatError for what is malformed. */
  run(run: CaseRun): Promise<void>;
}

export const hasAll = (fields: Readonly<Record<string, unknown>>, ...names: string[]): boolean => names.every((name) => Object.hasOwn(fields, name));
