// Run files, format 'creditscope-run/2': what the page exports and imports, keeps of every update (src/workers/savedRun.ts)
// and shows on opening (public/runs). One JSON document, laid out in lines so that it can be written and read update by
// update however long the run is; gzipped or not. Endings: .run as exported (gzipped), .json in public/runs (plain).
//
//   {"header":{...},"names":{...},"past":[...],"updates":[     src/formats/runFileHeader.ts; `past`: see RunFile
//   {...},                                                     one update's record, src/formats/runFileUpdate.ts
//   {...}
//   ],"state":"...","checksum":"1a2b3c4d"}                     `state`: a saved state (runStateFile.ts) in base64, if it has one
//
// The checksum is a CRC-32 over the texts of the first line and of each update, without commas at their ends and with a line
// feed after each; a state has one of its own. A file that another program laid out anew is read too.
//
// Floats in a record's arrays keep four significant digits, so it shows the same numbers but is no checkpoint; the state is
// exact: with it a run goes on, on the same adapter bit for bit. Random numbers need no state (src/random/threefry.ts).
//
// Versions: what older ones lack is put in by one small step a version (migrations/). Version 1 was the same document on
// one line, without `past`, `state` and checksum.

import type { RunRecord, UpdateLine } from '../lab/record';
import { RunFileReader } from './runFileReader';
import { RunFileWriter } from './runFileWriter';

export interface RunFile extends RunRecord {
  /** lines of updates 1, 2, ..., where some of them have no record: a run that went on after a reload */
  readonly past?: readonly UpdateLine[];
  readonly state?: Uint8Array<ArrayBuffer>;
}

export function writeRunFile(run: RunFile): string {
  const writer = new RunFileWriter();
  return [writer.head(run), ...run.updates.map((update) => writer.update(update)), writer.end(run.state)].join('');
}

/** Throws a FormatError that names the field and what is wrong with it. */
export function readRunFile(text: string): RunFile {
  const reader = new RunFileReader();
  for (const line of text.split('\n')) reader.line(line);
  return reader.end();
}
