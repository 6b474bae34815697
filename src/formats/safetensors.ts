// Safetensors (https://github.com/huggingface/safetensors): eight bytes of little-endian header length, a JSON header
// {name: {dtype, shape, data_offsets}}, then the tensors' bytes without holes or overlaps. The file is checked whole
// when it is opened; a tensor's numbers are converted when they are asked for.

import { BYTES_OF, bytesToFloats, isDtype, type Dtype } from './dtype';
import { asObject, FormatError, parseJson, shown } from './formatError';

export interface Tensor { readonly shape: readonly number[]; readonly data: Float32Array<ArrayBuffer> }

export interface TensorEntry {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  /** bytes [begin, end) after the header */
  readonly begin: number;
  readonly end: number;
}

/** The limit of the reference implementation. */
const LARGEST_HEADER = 100_000_000;
const MOST_DIMENSIONS = 16;

export class SafetensorsFile {
  readonly entries: ReadonlyMap<string, TensorEntry>;
  readonly metadata: Readonly<Record<string, string>>;
  private readonly data: Uint8Array;

  constructor(bytes: Uint8Array, private readonly fileName = 'model.safetensors') {
    const { header, text, dataStart } = readHeader(bytes, fileName);
    refuseDuplicateNames(text, fileName);
    this.data = bytes.subarray(dataStart);
    this.metadata = readMetadata(header, fileName);
    this.entries = new Map(Object.entries(header)
      .filter(([name]) => name !== '__metadata__')
      .map(([name, value]) => [name, readEntry(value, `${fileName}: tensor ${shown(name)}`)]));
    refuseHoles(this.entries, this.data.byteLength, fileName);
  }

  /** The tensor as float32, whatever floating-point type it is stored in. */
  tensor(name: string): Tensor {
    const entry = this.entries.get(name);
    if (entry === undefined) throw new FormatError(this.fileName, `has no tensor ${shown(name)}`);
    return { shape: entry.shape, data: bytesToFloats(this.data.subarray(entry.begin, entry.end), entry.dtype, `${this.fileName}: tensor ${shown(name)}`) };
  }
}

function readHeader(bytes: Uint8Array, where: string): { header: Readonly<Record<string, unknown>>; text: string; dataStart: number } {
  if (bytes.byteLength < 8) throw new FormatError(where, `has ${bytes.byteLength} bytes; the header length alone needs 8`);
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (length > LARGEST_HEADER) throw new FormatError(where, `header length ${length} is above the limit of ${LARGEST_HEADER}`);
  if (length > bytes.byteLength - 8) throw new FormatError(where, `header length ${length} reaches past the end of a file of ${bytes.byteLength} bytes`);
  const dataStart = 8 + Number(length);
  const headerBytes = bytes.subarray(8, dataStart);
  const header = asObject(parseJson(headerBytes, `${where}: header`), `${where}: header`);
  return { header, text: new TextDecoder().decode(headerBytes), dataStart };
}

function readMetadata(header: Readonly<Record<string, unknown>>, where: string): Readonly<Record<string, string>> {
  if (!Object.hasOwn(header, '__metadata__')) return {};
  const metadata = asObject(header['__metadata__'], `${where}: __metadata__`);
  for (const [name, value] of Object.entries(metadata)) {
    if (typeof value !== 'string') throw new FormatError(`${where}: __metadata__.${name}`, `must be text, is ${shown(value)}`);
  }
  return metadata as Record<string, string>;
}

function readEntry(value: unknown, where: string): TensorEntry {
  const { dtype, shape, data_offsets: offsets, ...rest } = asObject(value, where);
  const surplus = Object.keys(rest);
  if (surplus.length > 0) throw new FormatError(where, `has unknown field ${shown(surplus[0])}`);
  if (!isDtype(dtype)) throw new FormatError(where, `has unknown dtype ${shown(dtype)}; known are ${Object.keys(BYTES_OF).join(', ')}`);
  if (!isSizes(shape) || shape.length > MOST_DIMENSIONS) throw new FormatError(where, `has shape ${shown(shape)}; a list of whole numbers is needed`);
  if (!Array.isArray(offsets) || offsets.length !== 2) throw new FormatError(where, `has data_offsets ${shown(offsets)}; two numbers are needed`);
  const [begin, end] = offsets as [unknown, unknown];
  if (!isSizes([begin, end])) throw new FormatError(where, `has data_offsets ${shown(offsets)}; negative or not whole`);
  const range = { begin: begin as number, end: end as number };
  if (range.end < range.begin) throw new FormatError(where, `ends at ${range.end}, before it begins at ${range.begin}`);
  const bytes = shape.reduce((product, one) => product * one, BYTES_OF[dtype]);
  if (bytes !== range.end - range.begin) {
    throw new FormatError(where, `shape [${shape.join(', ')}] of ${dtype} needs ${bytes} bytes, its data_offsets hold ${range.end - range.begin}`);
  }
  return { dtype, shape, ...range };
}

const isSizes = (values: unknown): values is number[] =>
  Array.isArray(values) && values.every((one) => typeof one === 'number' && Number.isSafeInteger(one) && one >= 0);

function refuseHoles(entries: ReadonlyMap<string, TensorEntry>, available: number, where: string): void {
  const sorted = [...entries].sort(([, a], [, b]) => a.begin - b.begin || a.end - b.end);
  let reached = 0;
  let previous = 'the header';
  for (const [name, { begin, end }] of sorted) {
    if (end > available) throw new FormatError(`${where}: tensor ${shown(name)}`, `ends at byte ${end}; the file holds ${available} bytes of data`);
    if (begin < reached) throw new FormatError(`${where}: tensor ${shown(name)}`, `overlaps ${previous}`);
    if (begin > reached) throw new FormatError(`${where}: tensor ${shown(name)}`, `leaves a hole of ${begin - reached} bytes after ${previous}`);
    reached = end;
    previous = shown(name);
  }
  if (reached < available) throw new FormatError(where, `has ${available - reached} bytes after the last tensor that belong to none`);
}

/** JSON.parse keeps the last of two equal names in silence, so names are collected from the text, which is known to be valid JSON. */
function refuseDuplicateNames(text: string, where: string): void {
  const seen = new Set<string>();
  let depth = 0;
  let latest = '';
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:]/g)) {
    if (token === '{' || token === '[') depth++;
    else if (token === '}' || token === ']') depth--;
    else if (token !== ':') latest = token;
    else if (depth === 1) {
      const name = JSON.parse(latest) as string;
      if (seen.has(name)) throw new FormatError(where, `names tensor ${shown(name)} twice`);
      seen.add(name);
    }
  }
}

/** F32 file with names in sorted order and the data aligned to eight bytes: equal tensors give equal bytes. */
export function writeSafetensors(tensors: ReadonlyMap<string, Tensor>, metadata: Readonly<Record<string, string>> = {}): Uint8Array<ArrayBuffer> {
  const names = [...tensors.keys()].sort();
  const header: Record<string, unknown> = { __metadata__: { format: 'pt', ...metadata } };
  let end = 0;
  for (const name of names) {
    const { shape, data } = tensors.get(name)!;
    const count = shape.reduce((product, one) => product * one, 1);
    if (count !== data.length) throw new RangeError(`tensor ${name}: shape [${shape.join(', ')}] holds ${count} numbers, not ${data.length}`);
    header[name] = { dtype: 'F32', shape, data_offsets: [end, end + 4 * count] };
    end += 4 * count;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const headerLength = Math.ceil(json.byteLength / 8) * 8;
  const bytes = new Uint8Array(8 + headerLength + end);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(headerLength), true);
  bytes.fill(0x20, 8, 8 + headerLength);
  bytes.set(json, 8);
  let offset = 8 + headerLength;
  for (const name of names) {
    const { data } = tensors.get(name)!;
    // as in memory: every machine that runs this is little-endian, as the format is
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
    offset += data.byteLength;
  }
  return bytes;
}
