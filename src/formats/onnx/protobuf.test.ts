// Against the bytes that the protobuf documentation gives (https://protobuf.dev/programming-guides/encoding).

import { expect, test } from 'vitest';
import { ProtobufMessage } from './protobuf';

const hex = (message: ProtobufMessage): string => [...message.finish()].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');

test('the documentation\'s examples', () => {
  expect(hex(new ProtobufMessage().integer(1, 150))).toBe('08 96 01');
  expect(hex(new ProtobufMessage().text(2, 'testing'))).toBe('12 07 74 65 73 74 69 6e 67');
  expect(hex(new ProtobufMessage().message(3, new ProtobufMessage().integer(1, 150)))).toBe('1a 03 08 96 01');
  expect(hex(new ProtobufMessage().integer(1, -2))).toBe('08 fe ff ff ff ff ff ff ff ff 01');
});

test('floats, long keys and lengths, empty values', () => {
  expect(hex(new ProtobufMessage().float(2, 1))).toBe('15 00 00 80 3f');
  expect(hex(new ProtobufMessage().integer(20, 0))).toBe('a0 01 00');
  expect(hex(new ProtobufMessage().text(1, ''))).toBe('0a 00');
  expect(hex(new ProtobufMessage().integer(1, 2 ** 40))).toBe('08 80 80 80 80 80 20');
  expect([...new ProtobufMessage().bytes(9, new Uint8Array(300)).finish().subarray(0, 4)]).toEqual([0x4a, 0xac, 0x02, 0]);
  expect(() => new ProtobufMessage().integer(1, 0.5)).toThrow(/field 1: 0.5 is not a whole number/);
});
