// How many numbers a credit value has, as the credit kernels see it. The order is from coarse to fine: a value of a
// coarser shape is read at a finer place by walking up (token -> step -> answer -> problem -> scalar).

export const SHAPE = { scalar: 0, problem: 1, answer: 2, step: 3, token: 4 } as const;
export type ValueShape = keyof typeof SHAPE;

/** Shape code of an operand that is a number in the uniforms rather than a buffer. */
export const CONSTANT_OPERAND = 5;
