// The decoder of src/model as an ONNX file with a key/value cache, in the names and shapes that transformers.js and Optimum use for
// text generation. B sequences get T new tokens each after P cached ones; S = P + T:
//   in   input_ids, position_ids [B, T], attention_mask [B, S] (1 = token, 0 = padding), past_key_values.N.key and .value [B, KV, P, D]
//   out  logits [B, T, V], present.N.key and .value [B, KV, S, D]
// Only plain operators, so that any runtime takes it. Rotations are looked up in a table made in float64, as the engine's are:
// on a GPU sin and cos are good to 2^-11 only. Weights [OUT, IN] are stored transposed, ready for x W. Head h of H belongs to
// key/value head floor(h / (H / KV)), so [B, H, T, D] is [B, KV, (H / KV) T, D] without moving a number: no keys are repeated.

import { checkModelConfig, type ModelConfig } from '../../model/config';
import { ropeTable } from '../../model/ropeTable';
import type { Tensor } from '../safetensors';
import { ELEMENT, OnnxGraph, type Dimension } from './onnxGraph';

/** `tensors`: those that parameterShapes(config) names. */
export function decoderOnnx(config: ModelConfig, tensors: ReadonlyMap<string, Tensor>): Uint8Array<ArrayBuffer> {
  checkModelConfig(config);
  if (config.hasValueHead === true) throw new RangeError('a value model gives no logits; only language models are exported');
  return new DecoderGraph(config, tensors).finish();
}

const LOWEST = -3.402_823_466_385_288_6e38;

class DecoderGraph {
  private readonly graph = new OnnxGraph('decoder');
  private readonly rotation: { readonly cosines: string; readonly sines: string };
  /** bool [B, 1, T, S]: which keys a query may see */
  private readonly isVisible: string;

  constructor(private readonly config: ModelConfig, private readonly tensors: ReadonlyMap<string, Tensor>) {
    const { graph } = this;
    const tokens = graph.input('input_ids', ELEMENT.int64, ['batch_size', 'sequence_length']);
    const mask = graph.input('attention_mask', ELEMENT.int64, ['batch_size', 'total_sequence_length']);
    const positions = graph.input('position_ids', ELEMENT.int64, ['batch_size', 'sequence_length']);
    this.isVisible = this.visibleKeys(tokens, mask);
    this.rotation = this.rotationAt(positions);
    let stream = graph.node('Gather', [this.stored('model.embed_tokens.weight'), tokens], { axis: 0 });
    for (let layer = 0; layer < config.layers; layer++) {
      const at = `model.layers.${layer}`;
      stream = graph.node('Add', [stream, this.attention(layer, this.rmsnorm(stream, `${at}.input_layernorm.weight`))]);
      stream = graph.node('Add', [stream, this.feedForward(at, this.rmsnorm(stream, `${at}.post_attention_layernorm.weight`))]);
    }
    const head = config.isTied ? graph.node('Transpose', [this.stored('model.embed_tokens.weight')], { perm: [1, 0] }) : this.transposed('lm_head.weight');
    graph.node('MatMul', [this.rmsnorm(stream, 'model.norm.weight'), head], {}, 'logits');
    graph.output('logits', ELEMENT.float, ['batch_size', 'sequence_length', config.vocabularySize]);
    for (let layer = 0; layer < config.layers; layer++) {
      for (const kind of ['key', 'value'] as const) graph.output(presentName(layer, kind), ELEMENT.float, this.cacheShape('total_sequence_length'));
    }
  }

  finish(): Uint8Array<ArrayBuffer> {
    return this.graph.finish();
  }

  /** Key s is seen by the query at slot P + t if it is no padding and s <= P + t. */
  private visibleKeys(tokens: string, mask: string): string {
    const { graph } = this;
    const secondSize = (name: string): string => graph.node('Gather', [graph.node('Shape', [name]), graph.integer(1)], { axis: 0 });
    const [T, S] = [secondSize(tokens), secondSize(mask)];
    const slots = (from: string): string => graph.node('Range', [from, S, graph.integer(1)]);
    const querySlots = graph.node('Unsqueeze', [slots(graph.node('Sub', [S, T])), graph.integers(1)]);
    const isEarlier = graph.node('LessOrEqual', [slots(graph.integer(0)), querySlots]);
    const isToken = graph.node('Unsqueeze', [graph.node('Cast', [mask], { to: ELEMENT.bool }), graph.integers(1, 2)]);
    return graph.node('And', [isEarlier, isToken]);
  }

  /** [B, 1, T, D / 2] each */
  private rotationAt(positions: string): { cosines: string; sines: string } {
    const { graph, config: { maximumPositions, headDim, ropeTheta } } = this;
    const half = headDim / 2;
    const table = ropeTable(maximumPositions, headDim, ropeTheta);
    const lookedUp = (name: string, column: number): string => {
      const data = Float32Array.from({ length: maximumPositions * half }, (_, i) => table[Math.floor(i / half) * headDim + column + (i % half)]!);
      const rows = graph.node('Gather', [graph.weights(name, [maximumPositions, half], data), positions], { axis: 0 });
      return graph.node('Unsqueeze', [rows, graph.integers(1)]);
    };
    return { cosines: lookedUp('rotation.cosines', 0), sines: lookedUp('rotation.sines', half) };
  }

  private attention(layer: number, x: string): string {
    const { graph, config: { heads, kvHeads, headDim } } = this;
    const at = `model.layers.${layer}.self_attn`;
    const query = this.rotated(this.headsOf(`${at}.q`, x, heads));
    const cached = (kind: 'key' | 'value', fresh: string): string => {
      const past = graph.input(`past_key_values.${layer}.${kind}`, ELEMENT.float, this.cacheShape('past_sequence_length'));
      return graph.node('Concat', [past, fresh], { axis: 2 }, presentName(layer, kind));
    };
    const keys = cached('key', this.rotated(this.headsOf(`${at}.k`, x, kvHeads)));
    const values = cached('value', this.headsOf(`${at}.v`, x, kvHeads));
    // 0 keeps a size, -1 takes what is left
    const grouped = graph.node('Reshape', [query, graph.integers(0, kvHeads, -1, headDim)]);
    const products = graph.node('MatMul', [grouped, graph.node('Transpose', [keys], { perm: [0, 1, 3, 2] })]);
    const scores = graph.node('Mul', [graph.node('Reshape', [products, graph.integers(0, heads, -1, 0)]), graph.float(1 / Math.sqrt(headDim))]);
    const seen = graph.node('Where', [this.isVisible, scores, graph.float(LOWEST)]);
    const weights = graph.node('Reshape', [graph.node('Softmax', [seen], { axis: -1 }), graph.integers(0, kvHeads, -1, 0)]);
    const attended = graph.node('Reshape', [graph.node('MatMul', [weights, values]), graph.integers(0, heads, -1, headDim)]);
    const joined = graph.node('Reshape', [graph.node('Transpose', [attended], { perm: [0, 2, 1, 3] }), graph.integers(0, 0, heads * headDim)]);
    return this.linear(joined, `${at}.o_proj.weight`);
  }

  /** Projects to [B, HEADS, T, D]; q and k are normed where the family does so. */
  private headsOf(name: string, x: string, HEADS: number): string {
    const { graph, config } = this;
    const bias = config.hasAttentionBias ? `${name}_proj.bias` : undefined;
    const split = graph.node('Reshape', [this.linear(x, `${name}_proj.weight`, bias), graph.integers(0, 0, HEADS, config.headDim)]);
    const normed = config.hasQkNorm && !name.endsWith('.v') ? this.rmsnorm(split, `${name}_norm.weight`) : split;
    return graph.node('Transpose', [normed], { perm: [0, 2, 1, 3] });
  }

  /** (a, b) -> (a cos - b sin, b cos + a sin), a and b the halves of a head */
  private rotated(x: string): string {
    const { graph, rotation: { cosines, sines }, config: { headDim } } = this;
    const part = (from: number, to: number): string => graph.node('Slice', [x, graph.integers(from), graph.integers(to), graph.integers(3)]);
    const product = (a: string, b: string): string => graph.node('Mul', [a, b]);
    const [first, second] = [part(0, headDim / 2), part(headDim / 2, headDim)];
    return graph.node('Concat', [
      graph.node('Sub', [product(first, cosines), product(second, sines)]),
      graph.node('Add', [product(second, cosines), product(first, sines)]),
    ], { axis: 3 });
  }

  private feedForward(at: string, x: string): string {
    const { graph } = this;
    const gate = this.linear(x, `${at}.mlp.gate_proj.weight`);
    const opened = graph.node('Mul', [gate, graph.node('Sigmoid', [gate])]);
    return this.linear(graph.node('Mul', [opened, this.linear(x, `${at}.mlp.up_proj.weight`)]), `${at}.mlp.down_proj.weight`);
  }

  /** x / sqrt(mean(x^2) + epsilon) * weight, over the last axis */
  private rmsnorm(x: string, weight: string): string {
    const { graph, config } = this;
    const meanSquare = graph.node('ReduceMean', [graph.node('Mul', [x, x])], { axes: [-1], keepdims: 1 });
    const rms = graph.node('Sqrt', [graph.node('Add', [meanSquare, graph.float(config.rmsNormEpsilon)])]);
    return graph.node('Mul', [graph.node('Div', [x, rms]), this.stored(weight)]);
  }

  private linear(x: string, weight: string, bias?: string): string {
    const { graph } = this;
    const product = graph.node('MatMul', [x, this.transposed(weight)]);
    return bias === undefined ? product : graph.node('Add', [product, this.stored(bias)]);
  }

  private stored(name: string): string {
    const { shape, data } = this.tensor(name);
    return this.graph.weights(name, shape, data);
  }

  private transposed(name: string): string {
    const { shape, data } = this.tensor(name);
    const [OUT, IN] = shape as [number, number];
    const turned = new Float32Array(data.length);
    for (let i = 0; i < data.length; i++) turned[(i % IN) * OUT + Math.floor(i / IN)] = data[i]!;
    return this.graph.weights(`${name}.transposed`, [IN, OUT], turned);
  }

  private tensor(name: string): Tensor {
    const tensor = this.tensors.get(name);
    if (tensor === undefined) throw new RangeError(`the weights lack tensor ${name}`);
    return tensor;
  }

  private cacheShape(length: string): Dimension[] {
    return ['batch_size', this.config.kvHeads, length, this.config.headDim];
  }
}

const presentName = (layer: number, kind: 'key' | 'value'): string => `present.${layer}.${kind}`;
