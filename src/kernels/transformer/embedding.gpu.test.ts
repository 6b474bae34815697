import { expect, test } from 'vitest';
import { everyBody, seededFloats } from './everyBodyTesting';
import { embedding } from './embedding';
import { embeddingGrad } from './embeddingGrad';

test.each([[1, 2, 3], [7, 5, 4], [33, 11, 12], [130, 20, 5]])('%i rows, vocabulary %i, width %i', async (rows, VOCAB, WIDTH) => {
  const tokens = Uint32Array.from({ length: rows }, (_, row) => (row * row + 1) % VOCAB);
  const table = seededFloats(VOCAB * WIDTH, 1);
  await everyBody(embedding, { tokens, table, y: new Float32Array(rows * WIDTH) }, { rows, VOCAB, WIDTH }, ({ y }, body) => {
    tokens.forEach((token, row) => {
      expect([...y.slice(row * WIDTH, (row + 1) * WIDTH)], `${body}, row ${row}`).toEqual([...table.slice(token * WIDTH, (token + 1) * WIDTH)]);
    });
  });
  // dy holds powers of two by row, so each sum is exact and tells which rows went into it.
  const dy = Float32Array.from({ length: rows * WIDTH }, (_, i) => 2 ** (Math.floor(i / WIDTH) % 20) * (i % WIDTH + 1));
  const dtable = new Float32Array(VOCAB * WIDTH).fill(0.5);
  await everyBody(embeddingGrad, { tokens, dy, dtable }, { rows, VOCAB, WIDTH }, (after, body) => {
    for (let v = 0; v < VOCAB; v++) {
      const owned = [...tokens.keys()].filter((row) => tokens[row] === v);
      for (let c = 0; c < WIDTH; c++) {
        const expected = 0.5 + owned.reduce((sum, row) => sum + dy[row * WIDTH + c]!, 0);
        expect(after.dtable[v * WIDTH + c], `${body}, token ${v}, column ${c}`).toBe(Math.fround(expected));
      }
    }
  });
});
