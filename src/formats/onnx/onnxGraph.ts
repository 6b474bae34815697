// An ONNX file (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto): nodes are appended in order and give back the name of their
// one output; weights and constants are initializers, raw little-endian numbers. Opset 17 and version 8 of the format are what
// runtimes of 2022 and later read. Field numbers stand beside their names.

import { ProtobufMessage } from './protobuf';

const IR_VERSION = 8;
const OPSET = 17;

/** of TensorProto.DataType, and of ONNX's Cast */
export const ELEMENT = { float: 1, int64: 7, bool: 9 } as const;
/** of AttributeProto.AttributeType */
const ATTRIBUTE = { integer: 2, integers: 7 } as const;

/** A number, or the name of a size that is known only when the model runs. */
export type Dimension = number | string;
export type Attributes = Readonly<Record<string, number | readonly number[]>>;

export class OnnxGraph {
  private readonly nodes: ProtobufMessage[] = [];
  private readonly initializers = new Map<string, ProtobufMessage>();
  private readonly inputs: ProtobufMessage[] = [];
  private readonly outputs: ProtobufMessage[] = [];

  constructor(private readonly name: string) {}

  input(name: string, element: number, shape: readonly Dimension[]): string {
    this.inputs.push(valueInfo(name, element, shape));
    return name;
  }

  /** Declares a value, named by the node that makes it, as an output of the graph. */
  output(name: string, element: number, shape: readonly Dimension[]): void {
    this.outputs.push(valueInfo(name, element, shape));
  }

  /** Appends a node and returns the name of its output. Attributes are whole numbers or lists of them. */
  node(operator: string, inputs: readonly string[], attributes: Attributes = {}, output = `${operator}_${this.nodes.length}`): string {
    const node = new ProtobufMessage(); // NodeProto
    for (const input of inputs) node.text(1 /* input */, input);
    node.text(2 /* output */, output).text(3 /* name */, `node_${this.nodes.length}`).text(4 /* op_type */, operator);
    for (const [name, value] of Object.entries(attributes)) node.message(5 /* attribute */, attributeOf(name, value));
    this.nodes.push(node);
    return output;
  }

  weights(name: string, shape: readonly number[], data: Float32Array<ArrayBuffer>): string {
    return this.initializer(name, ELEMENT.float, shape, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }

  /** One number for all places that need it. */
  float(value: number): string {
    return this.weights(`float_${value}`, [], Float32Array.of(value));
  }

  /** A list of whole numbers: axes, shapes, indices. */
  integers(...values: readonly number[]): string {
    return this.initializer(`integers_${values.join('_')}`, ELEMENT.int64, [values.length], new Uint8Array(BigInt64Array.from(values, BigInt).buffer));
  }

  integer(value: number): string {
    return this.initializer(`integer_${value}`, ELEMENT.int64, [], new Uint8Array(BigInt64Array.of(BigInt(value)).buffer));
  }

  finish(): Uint8Array<ArrayBuffer> {
    const graph = new ProtobufMessage(); // GraphProto
    for (const node of this.nodes) graph.message(1 /* node */, node);
    graph.text(2 /* name */, this.name);
    for (const initializer of this.initializers.values()) graph.message(5 /* initializer */, initializer);
    for (const input of this.inputs) graph.message(11 /* input */, input);
    for (const output of this.outputs) graph.message(12 /* output */, output);
    return new ProtobufMessage() // ModelProto
      .integer(1 /* ir_version */, IR_VERSION)
      .text(2 /* producer_name */, 'creditscope')
      .message(7 /* graph */, graph)
      .message(8 /* opset_import */, new ProtobufMessage().text(1 /* domain: ONNX's own operators */, '').integer(2 /* version */, OPSET))
      .finish();
  }

  private initializer(name: string, element: number, shape: readonly number[], bytes: Uint8Array): string {
    if (!this.initializers.has(name)) {
      const tensor = new ProtobufMessage(); // TensorProto
      for (const size of shape) tensor.integer(1 /* dims */, size);
      this.initializers.set(name, tensor.integer(2 /* data_type */, element).text(8 /* name */, name).bytes(9 /* raw_data */, bytes));
    }
    return name;
  }
}

function attributeOf(name: string, value: number | readonly number[]): ProtobufMessage {
  const attribute = new ProtobufMessage().text(1 /* name */, name); // AttributeProto
  if (typeof value === 'number') return attribute.integer(3 /* i */, value).integer(20 /* type */, ATTRIBUTE.integer);
  for (const one of value) attribute.integer(8 /* ints */, one);
  return attribute.integer(20 /* type */, ATTRIBUTE.integers);
}

function valueInfo(name: string, element: number, shape: readonly Dimension[]): ProtobufMessage {
  const dimensions = new ProtobufMessage(); // TensorShapeProto
  for (const size of shape) {
    dimensions.message(1 /* dim */, typeof size === 'number' ? new ProtobufMessage().integer(1 /* dim_value */, size) : new ProtobufMessage().text(2 /* dim_param */, size));
  }
  const tensor = new ProtobufMessage().integer(1 /* elem_type */, element).message(2 /* shape */, dimensions);
  return new ProtobufMessage().text(1 /* name */, name).message(2 /* type */, new ProtobufMessage().message(1 /* tensor_type */, tensor));
}
