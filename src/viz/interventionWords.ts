// What was changed of a run on its way, in words, each change at its update: "learning rate 3e−4 instead of 0.001",
// "trained with changed numbers: answer 2 to problem 1 counted as right".

import type { Intervention } from '../lab/interventions';
import type { RunHeader, SampleRecord } from '../lab/record';
import type { Edit } from '../lab/whatIf/edits';
import { formatShort } from './format';

export interface ToldIntervention {
  readonly update: number;
  readonly kind: Intervention['kind'];
  readonly words: string;
}

/** Of more edits of one update only their number is told. */
const EDITS_TOLD = 4;

/** In the order of updates. `options`: the settings' labels, where they are known; `sampleOf`: of an update that has a record. */
export function toldInterventions(
  { configuration, interventions = [] }: Pick<RunHeader, 'configuration' | 'interventions'>,
  options: readonly { readonly name: string; readonly label: string }[] | undefined,
  sampleOf: (update: number) => Pick<SampleRecord, 'problem_N'> | undefined,
): ToldIntervention[] {
  const before = new Map<string, number>();
  return interventions.toSorted((a, b) => a.update - b.update).map((one) => {
    if (one.kind === 'edits') return { update: one.update, kind: one.kind, words: editsWords(one.edits, sampleOf(one.update)) };
    const words = Object.entries(one.settings).map(([name, value]) => {
      const was = before.get(name) ?? numberAt(configuration, name);
      before.set(name, value);
      const label = options?.find((option) => option.name === name)?.label.toLowerCase() ?? name;
      return `${label} ${formatShort(value)}${was === undefined || was === value ? '' : ` instead of ${formatShort(was)}`}`;
    });
    return { update: one.update, kind: one.kind, words: words.join(', ') };
  });
}

/** As it was trained with. */
export function editDone(edit: Edit, answer: string): string {
  switch (edit.kind) {
    case 'outcome': return `${answer} counted as ${edit.value > 0 ? 'right' : 'wrong'}`;
    case 'flag': return `critique ${edit.critique + 1} called step ${edit.step + 1} of ${answer} ${edit.isFlagged ? 'wrong' : 'fine'}`;
    case 'number': return `${edit.row} of token ${edit.token + 1} of ${answer} was set to ${formatShort(edit.value)}`;
    default: return edit satisfies never;
  }
}

function editsWords(edits: readonly Edit[], sample: Pick<SampleRecord, 'problem_N'> | undefined): string {
  const told = edits.slice(0, EDITS_TOLD).map((edit) => editDone(edit, answerOf(edit.answer, sample)));
  const others = edits.length - told.length;
  return `trained with ${edits.length === 1 ? 'a changed number' : `${edits.length} changed numbers`}: ${told.join('; ')}${others === 0 ? '' : `; and ${others} more`}`;
}

/** By its problem; without a record of the update by its place among all its answers. */
function answerOf(answer: number, sample: Pick<SampleRecord, 'problem_N'> | undefined): string {
  const problem = sample?.problem_N[answer];
  if (sample === undefined || problem === undefined) return `answer ${answer + 1} of the update`;
  return `answer ${answer - sample.problem_N.indexOf(problem) + 1} to problem ${problem + 1}`;
}

function numberAt(configuration: object, path: string): number | undefined {
  let node: unknown = configuration;
  for (const key of path.split('.')) node = typeof node === 'object' && node !== null && Object.hasOwn(node, key) ? (node as Record<string, unknown>)[key] : undefined;
  return typeof node === 'number' ? node : undefined;
}
