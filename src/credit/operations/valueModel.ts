// Parameters of a method that trains a value model beside the policy. The program never reads them: whoever trains the
// model does. AdamW's other settings are those of the policy.

import type { Option } from '../../tasks/task';

export const VALUE_MODEL_OPTIONS = [
  { name: 'valueLearningRate', label: 'Learning rate of the value model', default: 5e-4, minimum: 0, maximum: 1 },
  { name: 'valueClip', label: 'How far a value may move an update (0 = freely)', default: 0.2, minimum: 0, maximum: 100 },
  { name: 'valueEpochs', label: 'Epochs of the value model an update', default: 2, minimum: 1, maximum: 16, isInteger: true },
  { name: 'valueMinibatches', label: 'Mini-batches an epoch of the value model', default: 8, minimum: 1, maximum: 256, isInteger: true },
] as const satisfies readonly Option[];

export type ValueModelOption = (typeof VALUE_MODEL_OPTIONS)[number]['name'];
