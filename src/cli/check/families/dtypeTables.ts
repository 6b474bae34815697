// dtype_tables: bit patterns of float16 and bfloat16, decoded and rounded from float32.

import { decodeBfloat16, decodeFloat16, encodeBfloat16, encodeFloat16 } from '../../../formats/dtype';
import { hasAll, NotKnown, type CaseRun, type Family } from '../family';

const BODIES = {
  bfloat16: { decode: decodeBfloat16, encode: encodeBfloat16 },
  float16: { decode: decodeFloat16, encode: encodeFloat16 },
} as const;

export const dtypeTables: Family = {
  name: 'dtype_tables',
  recognises: ({ inputs, expected }) => (hasAll(inputs, 'bits') && hasAll(expected, 'values')) || (hasAll(inputs, 'values') && hasAll(expected, 'bits')),
  isHost: () => true,
  async run({ fixture, inputs, comparison }: CaseRun) {
    const { decode, encode } = BODIES[typeOf(fixture.name, fixture.text)];
    if (inputs.has('bits')) comparison.check('values', Array.from(inputs.wholes(inputs.tensor('bits', 1), 'bits', 65536), decode));
    else comparison.check('bits', Array.from(inputs.tensor('values', 1).data, encode));
  },
};

/** Only names and descriptions say which type is meant. */
function typeOf(name: string, text: string): keyof typeof BODIES {
  for (const words of [name, text.split('\n')[1] ?? '']) {
    const isBfloat = /bf16|bfloat/i.test(words);
    const isFloat = /(^|[^b])f(loat)?16|half/i.test(words);
    if (isBfloat !== isFloat) return isBfloat ? 'bfloat16' : 'float16';
  }
  throw new NotKnown('neither name nor description says float16 or bfloat16');
}
