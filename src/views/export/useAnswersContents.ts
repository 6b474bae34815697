// What the menu of the answers gives away: their tokens with every channel, their picture, and the batch as lines that open again.

import { recordOfShown, saveAnswersOf } from '../../state/saveAnswers';
import { shownRun } from '../../state/runStore';
import { chipText, columnWidths } from '../../viz/chipLayout';
import { drawTokens } from '../../viz/figures/tokenFigure';
import { tokenTable } from '../../viz/tokenTable';
import type { PanelContents } from '../app/PanelMenu';
import { usePalette, useRun, useSession } from '../app/SessionContext';
import { tokenText, useShown, type Shown } from '../app/useShown';
import { saveFile } from '../realAnswers/saveFile';
import { useDomain } from '../stage/useDomain';

/** While there is nothing to show: a scale of nothing. */
const NOTHING: Pick<Shown, 'update' | 'group' | 'channel'> = {
  group: [], channel: { id: '', label: '', kind: 'signed', center: 0, meaning: '', valueAt: () => Number.NaN },
  update: { sample: { problems_P: [], answers: 0, width: 0, problem_N: new Uint32Array(), tokens_NT: new Uint32Array(), lengths_N: new Uint32Array(), finished_N: new Uint8Array(), samplerLogprobs_NT: new Float32Array() } },
};

export function useAnswersContents(): PanelContents {
  const session = useSession();
  const shown = useShown();
  const palette = usePalette();
  const number = useRun((state) => shownRun(state)?.updates[state.position]?.line.update);
  const record = useRun(recordOfShown);
  const { domain } = useDomain(shown ?? NOTHING);
  if (shown === undefined) return { about: 'The answers of one problem will stand here, one chip a token. There are none yet.' };
  const { update, names, group, channels, channel, problem } = shown;
  const prompt = update.sample.problems_P[problem]!.prompt;
  return {
    about: `All answers that the policy wrote to the problem ${prompt} in this update, one chip a token, columns by position. Colour and bar say: ${lowered(channel.meaning)}`,
    table: () => tokenTable(update, names.alphabet, channels, group, number),
    csv: () => tokenTable(update, names.alphabet, channels, Array.from({ length: update.sample.answers }, (_, answer) => answer), number),
    figure() {
      const chips = group.map((answer) => Array.from({ length: update.sample.lengths_N[answer]! }, (_, token) => chipText(tokenText(shown, { answer, token }))));
      return drawTokens({ update, group, chips, widths: columnWidths(chips), channel, domain, palette, prompt, source: `${names.taskTitle} · ${names.methodTitle}${number === undefined ? '' : ` · update ${number}`}` });
    },
    ...(record !== undefined && {
      more: [{ label: 'Save answers (JSONL)', hint: 'All answers of this update with every line of the credit program and what a trainer needs (token ids, mask, advantages, log-probs, temperature); opens again under Real answers', run: async () => saveFile(await saveAnswersOf(session), `creditscope-answers-update${record.line.update}.jsonl`) }],
    }),
  };
}

const lowered = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1);
