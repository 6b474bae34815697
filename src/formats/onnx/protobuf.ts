// A writer of the protobuf wire format (https://protobuf.dev/programming-guides/encoding): a message is a row of fields, each a
// key (field number and wire type) and a value. Only what ONNX needs is here: varints, fixed32 floats, and bytes with their length
// (text, nested messages, raw data). Large data is kept by reference until finish(), which copies every byte once.

const VARINT = 0;
const LENGTH_PREFIXED = 2;
const FIXED32 = 5;

const encoder = new TextEncoder();

export class ProtobufMessage {
  private readonly parts: Uint8Array[] = [];
  private length = 0;

  /** int32, int64, bool or enum; a negative number takes ten bytes, as the format has it */
  integer(field: number, value: number): this {
    if (!Number.isSafeInteger(value)) throw new RangeError(`field ${field}: ${value} is not a whole number`);
    this.append(varint(key(field, VARINT)));
    return this.append(varint(value));
  }

  float(field: number, value: number): this {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    this.append(varint(key(field, FIXED32)));
    return this.append(bytes);
  }

  bytes(field: number, data: Uint8Array): this {
    this.append(varint(key(field, LENGTH_PREFIXED)));
    this.append(varint(data.byteLength));
    return this.append(data);
  }

  text(field: number, value: string): this {
    return this.bytes(field, encoder.encode(value));
  }

  message(field: number, child: ProtobufMessage): this {
    this.append(varint(key(field, LENGTH_PREFIXED)));
    this.append(varint(child.length));
    for (const part of child.parts) this.append(part);
    return this;
  }

  /** Throws a RangeError beyond 2 GiB, the most that readers of protobuf take. */
  finish(): Uint8Array<ArrayBuffer> {
    if (this.length >= 2 ** 31) throw new RangeError(`a protobuf file holds less than 2 GiB; this one needs ${this.length} bytes`);
    const all = new Uint8Array(this.length);
    let at = 0;
    for (const part of this.parts) {
      all.set(part, at);
      at += part.byteLength;
    }
    return all;
  }

  private append(part: Uint8Array): this {
    this.parts.push(part);
    this.length += part.byteLength;
    return this;
  }
}

const key = (field: number, wireType: number): number => field * 8 + wireType;

/** Seven bits a byte, the lowest first; all bytes but the last have their highest bit set. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest >= 0x80n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return Uint8Array.of(...bytes, Number(rest));
}
