// A kernel is one thing with two bodies: WGSL text from shaders/ and a TypeScript twin that computes the same.
// The twin is the specification; the hot few have a third body in wasm SIMD. Bindings, uniforms and constants are declared once, here; the WGSL prelude is
// generated from the declaration (see prelude), so a shader file holds only its header and its functions.
//
// Constants (model widths, tile sizes) become `const` lines in front of the shader rather than `override`s:
// WGSL sizes private arrays only by const-expressions. A shader that is long to compile may read them as uniforms instead. Batch, length and position are uniforms and never recompile.

import type { Element } from './buffer';

export type Access = 'read' | 'read_write';
export interface Binding { readonly element: Element; readonly access: Access }
export type ScalarType = 'u32' | 'i32' | 'f32';

export type Bindings = Record<string, Binding>;
export type ScalarTypes = Record<string, ScalarType>;
export type Scalars = Readonly<Record<string, number>>;
export type Workgroups = readonly [number, number, number];

type ArrayOf<E extends Element> = E extends 'f32' ? Float32Array : E extends 'u32' ? Uint32Array : Int32Array;
export type TwinArrays<B extends Bindings> = { readonly [K in keyof B]: ArrayOf<B[K]['element']> };
export type TwinScalars<U extends ScalarTypes, C extends ScalarTypes> = { readonly [K in keyof U | keyof C]: number };

export interface KernelVariant {
  /** unique within the kernel, e.g. 'simple', 'vec4' */
  readonly name: string;
  /** text of the .wgsl file; its entry point is `main` */
  readonly wgsl: string;
  /** bindings seen as array<vec4f> instead of array<f32> */
  readonly vec4?: readonly string[];
  /** constants that its WGSL reads from `uniforms`: one pipeline, compiled once, then serves all their values */
  readonly uniformConstants?: readonly string[];
  /** number of workgroups for the call's scalars; any component may be 0 (then nothing is dispatched) */
  workgroups(scalars: Scalars): Workgroups;
  /** true where the variant can run; sees constants only, so the choice never depends on batch or length */
  supports?(constants: Scalars): boolean;
  /** adapters it is meant for; 'any' when absent */
  readonly preferredOn?: 'fallback' | 'hardware';
}

/** A wasm SIMD module as base64, for a memory of one thread and for a shared one; E is what it exports. It imports env.memory and env.log, and has no static data. */
export interface SimdModule<E extends object = object> { readonly wasm: string; readonly sharedWasm: string; readonly exports?: E }

/** Work that threads may share: a number of parts that write different outputs. `operations`: multiply-adds of all of it, roughly. */
export interface Work { readonly parts: number; readonly operations: number }

/** The last two numbers of every body are its first part and the one after its last. */
export type WithoutRange<F> = F extends (...all: [...infer Given extends number[], number, number]) => void ? Given : never;

/** Where a SIMD body runs: the CPU executor's memory. */
export interface SimdContext {
  /** Runs a function of the module over all parts, each once, on one thread or several: the same bits. */
  spread<E extends object, K extends keyof E & string>(module: SimdModule<E>, body: K, work: Work, ...given: WithoutRange<E[K]>): void;
  /** address of `bytes` bytes that hold nothing between calls */
  scratch(bytes: number): number;
  floats(address: number, length: number): Float32Array;
}

/** The third body of the hot few kernels, for machines without a GPU. Computes what the twin computes. */
export interface SimdBody<B extends Bindings, U extends ScalarTypes, C extends ScalarTypes> {
  readonly module: SimdModule;
  run(context: SimdContext, addresses: { readonly [K in keyof B]: number }, scalars: TwinScalars<U, C>): void;
}

export interface Kernel<B extends Bindings = Bindings, U extends ScalarTypes = ScalarTypes, C extends ScalarTypes = ScalarTypes> {
  /** folder/file of its shader, e.g. 'transformer/rmsnorm' */
  readonly name: string;
  readonly bindings: B;
  readonly uniforms: U;
  readonly constants: C;
  /** best first; the last supports everything */
  readonly variants: readonly [KernelVariant, ...KernelVariant[]];
  twin(arrays: TwinArrays<B>, scalars: TwinScalars<U, C>): void;
  readonly simd?: SimdBody<B, U, C>;
}

/** Checks the declaration and keeps its literal types. At most 8 storage bindings: what every device grants. */
export function defineKernel<B extends Bindings, U extends ScalarTypes, C extends ScalarTypes>(kernel: Kernel<B, U, C>): Kernel<B, U, C> {
  if (Object.keys(kernel.bindings).length > 8) throw new Error(`kernel ${kernel.name} has more than 8 storage bindings`);
  return kernel;
}

export const read = <E extends Element>(element: E) => ({ element, access: 'read' }) as const;
export const readWrite = <E extends Element>(element: E) => ({ element, access: 'read_write' }) as const;

/** Workgroup size of every kernel dispatched by grid(). */
const LINEAR_WORKGROUP = 64;
const GRID_ROW = 32768;

/**
 * Workgroups for `invocations` threads at 64 a workgroup, folded into two dimensions because one dimension
 * holds at most 65,535. The shader gets its index from `invocation_index(id)` of the prelude and bounds-checks it.
 */
export function grid(invocations: number): Workgroups {
  const groups = Math.ceil(invocations / LINEAR_WORKGROUP);
  return groups <= GRID_ROW ? [groups, 1, 1] : [GRID_ROW, Math.ceil(groups / GRID_ROW), 1];
}

/** WGSL in front of a shader: constants, the Uniforms struct, bindings in order of declaration, the index helper. */
export function prelude(kernel: Kernel, variant: KernelVariant, scalars: Scalars): string {
  const lines: string[] = [];
  for (const [name, type] of Object.entries(kernel.constants)) {
    if (variant.uniformConstants?.includes(name)) continue;
    lines.push(`const ${name}: ${type} = ${literal(scalars[name], type, `${kernel.name}.${name}`)};`);
  }
  const names = Object.keys(kernel.bindings);
  names.forEach((name, index) => {
    const { element, access } = kernel.bindings[name]!;
    const type = variant.vec4?.includes(name) ? 'vec4f' : element;
    lines.push(`@group(0) @binding(${index}) var<storage, ${access}> ${name}: array<${type}>;`);
  });
  const fields = uniformFields(kernel, variant).map(([name, type]) => `  ${name}: ${type},`);
  lines.push('struct Uniforms {', ...fields, ...(fields.length === 0 ? ['  unused: u32,'] : []), '}');
  lines.push(`@group(0) @binding(${names.length}) var<uniform> uniforms: Uniforms;`);
  lines.push(`fn invocation_index(id: vec3u) -> u32 { return id.y * ${GRID_ROW * LINEAR_WORKGROUP}u + id.x; }`);
  return lines.join('\n') + '\n';
}

/** Of the struct that the shader sees, in order. */
export function uniformFields({ uniforms, constants }: Kernel, { uniformConstants = [] }: KernelVariant): [name: string, type: ScalarType][] {
  return [...Object.entries(uniforms), ...uniformConstants.map((name): [string, ScalarType] => [name, constants[name]!])];
}

function literal(value: number | undefined, type: ScalarType, name: string): string {
  if (value === undefined || !Number.isFinite(value)) throw new Error(`constant ${name} has no finite value`);
  if (type === 'u32') return `${value}u`;
  if (type === 'i32') return `${value}i`;
  return Number.isInteger(value) ? `${value}.0f` : `${value}f`;
}
