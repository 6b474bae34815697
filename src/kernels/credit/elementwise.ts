// One arithmetic operation on up to three operands of any shape, broadcast to the shape of the output.
// Division by exactly zero gives 0, so that a set without spread has no advantage instead of no number.
// One pipeline serves every operation and shape: they are uniforms, so a credit program compiles in one go.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/credit/elementwise.wgsl?raw';
import { CONSTANT_OPERAND, SHAPE } from './shapes';

export interface Operation {
  readonly arity: 1 | 2 | 3;
  readonly apply: (a: number, b: number, c: number) => number;
}

/** The position in this table is the operation's code in the shader. */
export const OPERATIONS = {
  copy: { arity: 1, apply: (a) => a },
  add: { arity: 2, apply: (a, b) => a + b },
  subtract: { arity: 2, apply: (a, b) => a - b },
  multiply: { arity: 2, apply: (a, b) => a * b },
  divide: { arity: 2, apply: (a, b) => (b === 0 ? 0 : a / b) },
  minimum: { arity: 2, apply: (a, b) => (b < a ? b : a) },
  maximum: { arity: 2, apply: (a, b) => (b > a ? b : a) },
  greater: { arity: 2, apply: (a, b) => Number(a > b) },
  atLeast: { arity: 2, apply: (a, b) => Number(a >= b) },
  equal: { arity: 2, apply: (a, b) => Number(a === b) },
  where: { arity: 3, apply: (a, b, c) => (a === 0 ? c : b) },
  absolute: { arity: 1, apply: (a) => Math.abs(a) },
  exponential: { arity: 1, apply: (a) => Math.exp(a) },
  logarithm: { arity: 1, apply: (a) => Math.log(a) },
  squareRoot: { arity: 1, apply: (a) => Math.sqrt(a) },
  floor: { arity: 1, apply: (a) => Math.floor(a) },
} as const satisfies Record<string, Operation>;
export type OperationName = keyof typeof OPERATIONS;

const names = Object.keys(OPERATIONS) as OperationName[];
const applications: readonly Operation['apply'][] = Object.values(OPERATIONS).map((one) => one.apply as Operation['apply']);
export const operationCode = (name: OperationName): number => names.indexOf(name);

export const elementwise = defineKernel({
  name: 'credit/elementwise',
  bindings: {
    a: read('f32'), b: read('f32'), c: read('f32'),
    problem_of_answer: read('u32'), step_of_token: read('i32'), step_count: read('u32'), mask: read('u32'),
    y: readWrite('f32'),
  },
  uniforms: {
    count: 'u32', width: 'u32', steps: 'u32', operation: 'u32', shape: 'u32',
    a_shape: 'u32', b_shape: 'u32', c_shape: 'u32', a_value: 'f32', b_value: 'f32', c_value: 'f32',
  },
  constants: {},
  variants: [{ name: 'simple', wgsl, workgroups: ({ count }) => grid(count!) }],
  twin({ a, b, c, problem_of_answer, step_of_token, step_count, mask, y }, s) {
    const apply = applications[s.operation]!;
    const perAnswer = s.shape === SHAPE.token ? s.width : s.shape === SHAPE.step ? s.steps : 1;
    const operand = (data: Float32Array, shape: number, value: number, i: number, answer: number): number => {
      if (shape === CONSTANT_OPERAND) return value;
      if (shape === s.shape) return data[i]!;
      if (shape === SHAPE.scalar) return data[0]!;
      if (shape === SHAPE.problem) return data[problem_of_answer[answer]!]!;
      if (shape === SHAPE.answer) return data[answer]!;
      const step = step_of_token[i]!;
      return step < 0 ? 0 : data[answer * s.steps + step]!;
    };
    for (let i = 0; i < s.count; i++) {
      const answer = Math.floor(i / perAnswer);
      const isOutside = s.shape === SHAPE.token ? mask[i] === 0 : s.shape === SHAPE.step && i % s.steps >= step_count[answer]!;
      y[i] = isOutside ? 0 : apply(
        operand(a, s.a_shape, s.a_value, i, answer), operand(b, s.b_shape, s.b_value, i, answer), operand(c, s.c_shape, s.c_value, i, answer),
      );
    }
  },
});
