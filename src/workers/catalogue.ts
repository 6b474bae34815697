// What the setup panel offers, as data: presets, tasks, methods and settings of the engine.

import { AWKWARD_ANSWERS } from '../credit/method';
import { METHODS } from '../credit/methods';
import { DEFAULT_PROMPTS, ENDPOINT_BOUNDS, ENDPOINT_DEFAULTS } from '../lab/judging';
import { PRESETS } from '../lab/presets';
import { readConfiguration } from '../lab/readConfiguration';
import { SETTINGS } from '../lab/settings';
import { TASKS } from '../tasks';
import type { Catalogue } from './protocol';

export function catalogue(): Catalogue {
  return {
    presets: PRESETS.map(({ name, title, summary }) => ({ name, title, summary, configuration: readConfiguration({ preset: name }) })),
    tasks: TASKS.map((family) => ({ name: family.name, title: family.title, summary: family.create().summary, options: family.options })),
    methods: METHODS.map(({ name, title, explanation, ours, paper, parameters }) => ({ name, title, explanation, paper, parameters, ...(ours !== undefined && { ours }) })),
    awkwardAnswers: AWKWARD_ANSWERS,
    endpoint: { defaults: { ...ENDPOINT_DEFAULTS, showsReference: true, prompts: DEFAULT_PROMPTS }, bounds: ENDPOINT_BOUNDS },
    settings: SETTINGS,
  };
}
