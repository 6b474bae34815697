// What the setup panel offers, as data: presets, tasks, methods and settings of the engine.

import { AWKWARD_ANSWERS } from '../credit/method';
import { METHODS } from '../credit/methods';
import type { RunConfiguration } from '../lab/configuration';
import { BUILT_IN, DEFAULT_PROMPTS, defaultSettings, DEVICES, ENDPOINT_BOUNDS, ENDPOINT_DEFAULTS, FOLDER, KNOWN_MODELS, MODEL_BOUNDS, WEIGHTS, type Weights } from '../lab/judging';
import { LIVE_SETTINGS } from '../lab/interventions';
import { PRESETS, RECORDED_RUN } from '../lab/presets';
import { readConfiguration } from '../lab/readConfiguration';
import { SETTINGS } from '../lab/settings';
import { unmetNeed } from '../lab/signals';
import { needsValueModel } from '../lab/phases/needs';
import { taskFamily, TASKS } from '../tasks';
import type { Catalogue, PresetEntry } from './protocol';

export function catalogue(): Catalogue {
  return {
    opening: readConfiguration(RECORDED_RUN),
    presets: PRESETS.map(({ name, title, summary, isFurther }) => {
      const configuration = readConfiguration({ preset: name });
      return { name, title, summary, ...(isFurther && { isFurther }), configuration, unserved: unservedBy(configuration) };
    }),
    tasks: TASKS.map((family) => ({ name: family.name, title: family.title, summary: family.create().summary, options: family.options })),
    methods: METHODS.map(({ name, title, explanation, ours, paper, parameters }) => ({ name, title, explanation, paper, parameters, ...(ours !== undefined && { ours }) })),
    awkwardAnswers: AWKWARD_ANSWERS,
    judges: {
      endpoint: { defaults: { ...ENDPOINT_DEFAULTS, showsReference: true, prompts: DEFAULT_PROMPTS }, bounds: ENDPOINT_BOUNDS },
      models: {
        defaults: { builtIn: defaultSettings(BUILT_IN), other: defaultSettings(FOLDER) }, bounds: MODEL_BOUNDS,
        devices: DEVICES, weights: ['auto', ...Object.keys(WEIGHTS) as Weights[]], known: KNOWN_MODELS,
      },
    },
    settings: SETTINGS,
    liveSettings: LIVE_SETTINGS,
  };
}

function unservedBy(configuration: RunConfiguration): PresetEntry['unserved'] {
  const bench = { configuration, task: taskFamily(configuration.task).create(configuration.taskOptions), hasValueModel: needsValueModel(configuration) };
  return METHODS.flatMap((method) => {
    const reason = unmetNeed(method, {}, bench);
    return reason === undefined ? [] : [{ name: method.name, reason }];
  });
}
