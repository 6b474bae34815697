// A plan is a list of kernel calls over named buffers, built once for a shape and run many times on either executor.
// Scalars that change between runs (position, learning rate, random key) are variables, given by name at run time;
// a run may list several iterations, each with its own variables, and walks the calls once for each.

import { asSlice, type BufferOrSlice, type PlanBuffer, type Slice } from './buffer';
import type { Bindings, Kernel, Scalars, ScalarTypes } from './kernel';

/** A scalar whose value is given when the plan runs. */
export interface Variable { readonly variable: string }
export const variable = (name: string): Variable => ({ variable: name });
export type Variables = Readonly<Record<string, number>>;

export interface KernelCall {
  readonly kind: 'kernel';
  readonly label: string;
  readonly kernel: Kernel;
  /** in the order of kernel.bindings */
  readonly slices: readonly Slice[];
  readonly uniforms: Readonly<Record<string, number | Variable>>;
  readonly constants: Scalars;
}
export interface ClearCall { readonly kind: 'clear'; readonly label: string; readonly target: Slice }
export interface CopyCall { readonly kind: 'copy'; readonly label: string; readonly from: Slice; readonly to: Slice }
export type Call = KernelCall | ClearCall | CopyCall;

export class Plan {
  readonly calls: Call[] = [];

  constructor(readonly label: string) {}

  /** Appends one dispatch. Uniforms take numbers or variables; constants take numbers. */
  call<B extends Bindings, U extends ScalarTypes, C extends ScalarTypes>(
    kernel: Kernel<B, U, C>,
    buffers: { readonly [K in keyof B]: BufferOrSlice },
    scalars: { readonly [K in keyof U]: number | Variable } & { readonly [K in keyof C]: number },
    label: string = kernel.name,
  ): this {
    const slices = Object.entries(kernel.bindings).map(([name, binding]) => {
      const target = asSlice(buffers[name as keyof B]);
      if (target.buffer.element !== binding.element) {
        throw new TypeError(`${label}: ${name} wants ${binding.element}, ${target.buffer.label} is ${target.buffer.element}`);
      }
      return target;
    });
    refuseAliases(label, kernel, slices);
    const given = scalars as Record<string, number | Variable>;
    const uniforms = Object.fromEntries(Object.keys(kernel.uniforms).map((name) => [name, required(given, name, label)]));
    const constants = Object.fromEntries(Object.keys(kernel.constants).map((name) => {
      const value = required(given, name, label);
      if (typeof value !== 'number') throw new TypeError(`${label}: constant ${name} cannot be a variable`);
      return [name, value];
    }));
    this.calls.push({ kind: 'kernel', label, kernel: kernel as unknown as Kernel, slices, uniforms, constants });
    return this;
  }

  /** Fills with zero. */
  clear(target: BufferOrSlice, label = `clear ${asSlice(target).buffer.label}`): this {
    this.calls.push({ kind: 'clear', label, target: asSlice(target) });
    return this;
  }

  copy(from: BufferOrSlice, to: BufferOrSlice, label = `copy ${asSlice(from).buffer.label}`): this {
    const [source, target] = [asSlice(from), asSlice(to)];
    if (source.length !== target.length || source.buffer === target.buffer) throw new RangeError(`${label}: lengths differ or same buffer`);
    this.calls.push({ kind: 'copy', label, from: source, to: target });
    return this;
  }

  /** Appends all calls of another plan. */
  append(other: Plan): this {
    this.calls.push(...other.calls);
    return this;
  }

  /** Every buffer named by a call, once. */
  buffers(): PlanBuffer[] {
    const all = new Set<PlanBuffer>();
    for (const call of this.calls) for (const one of slicesOf(call)) all.add(one.buffer);
    return [...all];
  }
}

export function slicesOf(call: Call): readonly Slice[] {
  switch (call.kind) {
    case 'kernel': return call.slices;
    case 'clear': return [call.target];
    case 'copy': return [call.from, call.to];
  }
}

/** The call's uniforms and constants as numbers, with variables looked up; f32 values rounded as the device rounds them. */
export function resolveScalars(call: KernelCall, variables: Variables): Record<string, number> {
  const values: Record<string, number> = { ...call.constants };
  for (const [name, given] of Object.entries(call.uniforms)) {
    const value = typeof given === 'number' ? given : variables[given.variable];
    if (value === undefined) throw new Error(`${call.label}: variable ${(given as Variable).variable} was not given`);
    values[name] = call.kernel.uniforms[name] === 'f32' ? Math.fround(value) : value;
  }
  return values;
}

function required(given: Record<string, number | Variable>, name: string, label: string): number | Variable {
  const value = given[name];
  if (value === undefined) throw new Error(`${label}: scalar ${name} is missing`);
  return value;
}

/** WebGPU rejects one buffer bound as read and as read_write in a dispatch, even for disjoint ranges. */
function refuseAliases(label: string, kernel: { bindings: Bindings }, slices: readonly Slice[]): void {
  const access = Object.values(kernel.bindings).map((binding) => binding.access);
  slices.forEach((one, i) => slices.forEach((other, j) => {
    if (i < j && one.buffer === other.buffer && (access[i] === 'read_write' || access[j] === 'read_write')) {
      throw new Error(`${label}: ${one.buffer.label} is bound twice and written`);
    }
  }));
}
