// Bytes as base64 and back, a piece at a time: a call's arguments are limited.

import { FormatError } from './formatError';

/** of bytes: a multiple of three, so that pieces join */
const PIECE = 3 * 2 ** 12;

export function toBase64(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += PIECE) pieces.push(btoa(String.fromCharCode(...bytes.subarray(at, at + PIECE))));
  return pieces.join('');
}

export function fromBase64(text: string, where: string): Uint8Array<ArrayBuffer> {
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    throw new FormatError(where, 'is not base64');
  }
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
