// Symbolic memory. A plan names buffers before any device exists; an executor gives each name real memory
// when it prepares a plan. The same buffer object used by two plans is the same memory on one executor.
//
// Flat tensors (all parameters, all gradients) are one buffer addressed by slices. A slice must start at a
// multiple of SLICE_ALIGNMENT elements, because WebGPU binds storage buffers at 256-byte offsets.

export type Element = 'f32' | 'u32' | 'i32';
export type ElementArray = Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Int32Array<ArrayBuffer>;

/** 64 four-byte elements = 256 bytes, WebGPU's default minStorageBufferOffsetAlignment. */
const SLICE_ALIGNMENT = 64;

export interface PlanBuffer {
  readonly label: string;
  readonly element: Element;
  /** in elements, at least 1 */
  readonly length: number;
}

export interface Slice {
  readonly buffer: PlanBuffer;
  /** in elements */
  readonly offset: number;
  readonly length: number;
}

export type BufferOrSlice = PlanBuffer | Slice;

export function planBuffer(label: string, length: number, element: Element = 'f32'): PlanBuffer {
  if (!Number.isSafeInteger(length) || length < 1) throw new RangeError(`buffer ${label}: length ${length} is not a positive integer`);
  return { label, element, length };
}

export function slice(buffer: PlanBuffer, offset: number, length: number): Slice {
  if (offset % SLICE_ALIGNMENT !== 0) throw new RangeError(`slice of ${buffer.label} at ${offset}: not a multiple of ${SLICE_ALIGNMENT}`);
  if (length < 1 || offset < 0 || offset + length > buffer.length) {
    throw new RangeError(`slice [${offset}, ${offset + length}) leaves ${buffer.label} of length ${buffer.length}`);
  }
  return { buffer, offset, length };
}

export function asSlice(target: BufferOrSlice): Slice {
  return 'buffer' in target ? target : { buffer: target, offset: 0, length: target.length };
}

export function alignUp(elements: number): number {
  return Math.ceil(elements / SLICE_ALIGNMENT) * SLICE_ALIGNMENT;
}

/** A typed view of `length` elements at byte offset `byteOffset`. */
export function viewElements(memory: ArrayBuffer, element: Element, byteOffset: number, length: number): ElementArray {
  switch (element) {
    case 'f32': return new Float32Array(memory, byteOffset, length);
    case 'u32': return new Uint32Array(memory, byteOffset, length);
    case 'i32': return new Int32Array(memory, byteOffset, length);
  }
}
