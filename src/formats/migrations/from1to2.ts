// Version 1 to 2. In 1 a header did not always say who judged, a line lacked what was not measured yet, and the place of a
// language model that judged was called its host. Saved states have headers and lines too.

import { change, type Fields } from './change';
import type { Step } from './migration';

const header = (json: unknown): unknown => change(json, (fields) => ({
  ...fields,
  format: 'creditscope-run/2',
  configuration: change(fields['configuration'], (configuration) => ({ ...configuration, critic: change(configuration['critic'], (critic) => ({ judge: 'exact', ...critic })) })),
}));

const line = (json: unknown): unknown => change(json, (fields) => ({ gradNormByLayer: null, explainedVariance: null, ...fields }));

const judge = (json: unknown): unknown => change(json, ({ host, ...rest }): Fields => (host === undefined ? rest : { where: host, ...rest }));

export const from1to2: Step = {
  head: (json) => change(json, (fields) => ({ ...fields, header: header(fields['header']) })),
  update: (json) => change(json, (fields) => ({ ...fields, line: line(fields['line']), critique: change(fields['critique'], (critique) => ({ ...critique, judge: judge(critique['judge']) })) })),
  state: (json) => change(json, (fields) => ({
    ...fields, format: 'creditscope-state/2', header: header(fields['header']), lines: Array.isArray(fields['lines']) ? fields['lines'].map(line) : fields['lines'],
  })),
};
