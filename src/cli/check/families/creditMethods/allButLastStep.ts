// Numbers of the steps that have a gain: all but an answer's last.

import type { RowReading } from '../creditCase';

export const allButLastStep = (row: string): RowReading => ({
  row,
  read: (values, { shape, stepCount_N }) => stepCount_N.map((steps, n) => Array.from({ length: Math.max(0, steps - 1) }, (_, k) => values[n * shape.maximumSteps + k]!)),
});
