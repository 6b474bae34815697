// The memory behind the typed arrays of a record, each block once, so that it can be transferred instead of copied.

export function transferables(value: unknown, found = new Set<ArrayBuffer>()): Set<ArrayBuffer> {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) found.add(value.buffer);
  } else if (typeof value === 'object' && value !== null) {
    for (const one of Object.values(value)) transferables(one, found);
  }
  return found;
}
