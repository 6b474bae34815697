// The same training step written for jax-js (@jax-js/jax): same architecture, weights, data and AdamW, as one jitted
// function, the way its documentation writes such a step. Its functions consume their arguments; `.ref` keeps one.
// Two choices are forced: tokens enter as one-hot rows (a gather's gradient cannot be jitted), and linear weights are
// kept as [in, out], as JAX programs have them.

import { init, jit, nn, numpy as np, tree, valueAndGrad, type Device } from '@jax-js/jax';
import type { ModelConfig } from '../model/config';
import { ropeTable } from '../model/ropeTable';
import { ADAMW, modelOf, type TrainingData, type TrainingShape } from './trainingShape';

type Tensor = np.Array;
type Tensors = Record<string, Tensor>;
interface State { params: Tensors; first: Tensors; second: Tensors }

export class JaxTraining {
  private steps = 0;

  private constructor(private state: State, private readonly jitted: ReturnType<typeof jittedStep>, private readonly inputs: Tensor, private readonly targets: Tensor, private readonly device: Device) {}

  /** Undefined where jax-js has no such device here. */
  static async create(device: Device, shape: TrainingShape, data: TrainingData): Promise<JaxTraining | undefined> {
    if (!(await init(device)).includes(device)) return undefined;
    const params: Tensors = {};
    for (const [name, { shape: dimensions, data: numbers }] of data.weights) {
      const tensor = np.array(numbers, { device }).reshape([...dimensions]);
      params[name] = dimensions.length === 2 && name !== EMBEDDING ? await settled(np.transpose(tensor)) : tensor;
    }
    const zeros = (): Tensors => Object.fromEntries(Object.entries(params).map(([name, tensor]) => [name, np.zeros(tensor.shape, { device })]));
    const state = { params, first: zeros(), second: zeros() };
    return new JaxTraining(state, jittedStep(shape, device), oneHot(data.tokens, shape, device), oneHot(data.targets, shape, device), device);
  }

  /** One step; resolves to the loss before it. */
  async step(): Promise<number> {
    this.steps++;
    const scalar = (value: number) => np.array(Float32Array.of(value), { device: this.device }).reshape([]);
    const [correction1, correction2] = [1 - ADAMW.beta1 ** this.steps, 1 - ADAMW.beta2 ** this.steps];
    const [loss, params, first, second] = this.jitted(
      this.state.params, this.state.first, this.state.second, this.inputs.ref, this.targets.ref, scalar(correction1), scalar(correction2),
    ) as unknown as [Tensor, Tensors, Tensors, Tensors];
    this.state = { params, first, second };
    const value = (await loss.data())[0]!;
    // a readback of the loss alone could leave the update undone; work is done in order, so the last one stands for all
    await Object.values(params).at(-1)!.blockUntilReady();
    return value;
  }

  release(): void {
    tree.dispose(this.state as never);
    this.inputs.dispose();
    this.targets.dispose();
    this.jitted.dispose();
  }
}

const EMBEDDING = 'model.embed_tokens.weight';

/** A transposed copy rather than a view. */
async function settled(tensor: Tensor): Promise<Tensor> {
  const { shape, device } = tensor;
  const numbers = await tensor.data() as Float32Array<ArrayBuffer>;
  return np.array(numbers, { device }).reshape(shape);
}

function oneHot(tokens: Uint32Array, { vocabulary }: TrainingShape, device: Device): Tensor {
  const numbers = new Float32Array(tokens.length * vocabulary);
  tokens.forEach((token, row) => { numbers[row * vocabulary + token] = 1; });
  return np.array(numbers, { device }).reshape([tokens.length, vocabulary]);
}

function jittedStep(shape: TrainingShape, device: Device) {
  const config = modelOf(shape);
  const lossOf = lossFunction(shape, config, device);
  return jit((params: Tensors, first: Tensors, second: Tensors, inputs: Tensor, targets: Tensor, correction1: Tensor, correction2: Tensor) => {
    const [loss, gradients] = valueAndGrad(lossOf)(tree.ref(params as never) as Tensors, inputs, targets) as unknown as [Tensor, Tensors];
    const next: State = { params: {}, first: {}, second: {} };
    for (const name of Object.keys(params)) {
      const gradient = gradients[name]!;
      const m = first[name]!.mul(ADAMW.beta1).add(gradient.ref.mul(1 - ADAMW.beta1));
      const v = second[name]!.mul(ADAMW.beta2).add(np.square(gradient).mul(1 - ADAMW.beta2));
      const denominator = np.sqrt(v.ref.div(correction2.ref)).add(ADAMW.epsilon);
      next.params[name] = params[name]!.mul(1 - ADAMW.learningRate * ADAMW.weightDecay).sub(m.ref.div(correction1.ref).div(denominator).mul(ADAMW.learningRate));
      next.first[name] = m;
      next.second[name] = v;
    }
    correction1.dispose();
    correction2.dispose();
    return [loss, next.params, next.first, next.second] as never;
  });
}

/** Mean cross-entropy of the next token, over all rows. */
function lossFunction({ batch, length }: TrainingShape, config: ModelConfig, device: Device) {
  const { hiddenSize: width, heads, headDim, layers, rmsNormEpsilon } = config;
  const rows = batch * length;
  const half = headDim / 2;
  const table = ropeTable(length, headDim, config.ropeTheta);
  const angles = (from: number, signs: readonly number[]) => np.array(Float32Array.from({ length: length * headDim }, (_, i) => {
    const [t, part] = [Math.floor(i / headDim), Math.floor((i % headDim) / half)];
    return signs[part]! * table[t * headDim + from + (i % half)]!;
  }), { device }).reshape([1, length, 1, 2, half]);
  const cosines = angles(0, [1, 1]);
  const sines = angles(half, [-1, 1]);

  const norm = (x: Tensor, weight: Tensor): Tensor => {
    const meanSquare = np.mean(np.square(x.ref), -1, { keepdims: true });
    return x.div(np.sqrt(meanSquare.add(rmsNormEpsilon))).mul(weight);
  };
  /** rotate_half: the second half of each head, negated, stands in the first half's place, and the first in the second's */
  const rotate = (x: Tensor): Tensor => {
    const halves = x.reshape([batch, length, heads, 2, half]);
    return halves.ref.mul(cosines.ref).add(np.flip(halves, 3).mul(sines.ref)).reshape([batch, length, heads, headDim]);
  };
  const split = (x: Tensor): Tensor => x.reshape([batch, length, heads, headDim]);

  return (params: Tensors, inputs: Tensor, targets: Tensor): Tensor => {
    const weight = (name: string): Tensor => params[name]!;
    let x = np.matmul(inputs, weight(EMBEDDING));
    for (let layer = 0; layer < layers; layer++) {
      const of = (name: string): Tensor => weight(`model.layers.${layer}.${name}.weight`);
      const normed = norm(x.ref, of('input_layernorm'));
      const q = rotate(np.matmul(normed.ref, of('self_attn.q_proj')));
      const k = rotate(np.matmul(normed.ref, of('self_attn.k_proj')));
      const v = split(np.matmul(normed, of('self_attn.v_proj')));
      const attended = nn.dotProductAttention(q, k, v, { isCausal: true }).reshape([rows, width]);
      x = x.add(np.matmul(attended, of('self_attn.o_proj')));
      const middle = norm(x.ref, of('post_attention_layernorm'));
      const gate = np.matmul(middle.ref, of('mlp.gate_proj'));
      const up = np.matmul(middle, of('mlp.up_proj'));
      x = x.add(np.matmul(nn.silu(gate).mul(up), of('mlp.down_proj')));
    }
    const logits = np.matmul(norm(x, weight('model.norm.weight')), weight('lm_head.weight'));
    return np.sum(nn.logSoftmax(logits, -1).mul(targets)).mul(-1 / rows);
  };
}
