// CRC-32 (polynomial 0xEDB88320, as in zip and PNG): finds damage in a file of our own; no protection against intent.

const TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = (value & 1) === 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** `before`: the checksum of what came before, to go on from. */
export function crc32(bytes: Uint8Array, before = 0): number {
  let state = ~before;
  for (let i = 0; i < bytes.length; i++) state = (state >>> 8) ^ TABLE[(state ^ bytes[i]!) & 0xff]!;
  return ~state >>> 0;
}
