import { csvParseRows } from 'd3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeCsv } from './csv';

describe('CSV', () => {
  it('is RFC 4180: CRLF, quotes where they are needed and doubled', () => {
    expect(writeCsv({ caption: '', columns: ['token', 'note'], rows: [['a,b', 'say "no"'], ['\n', 'plain']] })).toBe('token,note\r\n"a,b","say ""no"""\r\n"\n",plain\r\n');
  });

  it('writes floats with the digits they have, and nothing for no number', () => {
    expect(writeCsv({ caption: '', columns: ['x'], rows: [[Math.fround(0.1)], [-0.5], [Number.NaN], [Infinity], [1e-12], [0]] })).toBe('x\r\n0.1\r\n-0.5\r\n\r\ninf\r\n1e-12\r\n0\r\n');
  });

  it.each([
    ['=SUM(A1)', "'=SUM(A1)"], ['+1+1', "'+1+1"], ['-2+3', "'-2+3"], ['@cmd', "'@cmd"], ['=1', "'=1"], ['\t=1', "'\t=1"], ['＝1', "'＝1"],
    ['=', '='], ['-', '-'], ['-5', '-5'], ['+0.5', '+0.5'], ['a=b', 'a=b'], ['', ''],
  ])('%s is written %s', (text, written) => {
    expect(writeCsv({ caption: '', columns: ['x', 'y'], rows: [[text, 1]] })).toBe(`x,y\r\n${written},1\r\n`);
  });

  it('comes back from another reader of CSV as it was, but for the apostrophes', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.string({ unit: 'binary' }), fc.string())), (rows) => {
      const read = csvParseRows(writeCsv({ caption: '', columns: ['a', 'b'], rows }));
      expect(read.slice(1).map((row) => row.map((one) => one.replace(/^'/, '')))).toEqual(rows.map((row) => row.map((one) => one.replace(/^'/, ''))));
    }), { seed: 3 });
  });
});
