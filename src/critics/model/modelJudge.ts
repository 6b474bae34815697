// A language model on this machine as a judge: every critique is one text that the model writes over all numbered steps.
// The texts of all critiques of all answers go through the model in batches of like length. What it draws depends on (run,
// update, answer, critique, place in the text) alone, not on the batch, so a run asked again is judged the same.

import { uniformAt, type Words } from '../../random/threefry';
import { JudgeStopped, type Critique, type Judge, type JudgeCase, type ModelLoading } from '../judge';
import { judgeMessages, type ChatMessage } from '../prompts';
import { readCritique } from '../readCritique';
import { BUILT_IN, FOLDER, MODEL_HOST, modelProblem, type ModelSettings } from './modelSettings';

/** A model and its tokenizer, open and on their device. */
export interface LanguageModel {
  /** for a person: the processor (wasm), fp32 */
  readonly runsOn: string;
  /** what it reads: a prompt's tokens; a string says why it cannot be read */
  encode(messages: readonly ChatMessage[]): readonly number[] | string;
  /** how many prompts of this length it bears at once */
  rowsAtOnce(promptTokens: number, newTokens: number): number;
  /** Continues each prompt; cut at the first stop token. Where `signal` is aborted it ends soon with what it has. */
  write(prompts: readonly (readonly number[])[], how: Writing): Promise<readonly Written[]>;
}

export interface Writing {
  readonly maximumTokens: number;
  /** 0: always the most likely token */
  readonly temperature: number;
  /** in [0, 1), for a place in the new text of a prompt */
  draw(prompt: number, place: number): number;
  readonly signal: AbortSignal;
}

export interface Written {
  readonly text: string;
  /** no stop token within the tokens it had */
  readonly isCutOff: boolean;
}

/** Opens the model or finds it open; rejects with JudgeStopped where a person has to help. */
export type OpenModel = (name: string, settings: ModelSettings, watch: { readonly signal: AbortSignal; onLoading(loading: ModelLoading): void }) => Promise<LanguageModel>;

/** Places that a critique may have. */
const PLACES_A_CRITIQUE = 65_536;
const NOTHING_TO_JUDGE: Critique = { flags: [], text: '', verdict: 'read', outOfRange: 0 };
const CANCELLED = 'Judging was cancelled; the next step asks again.';

interface Asked {
  readonly answer: number;
  readonly critique: number;
  readonly prompt: readonly number[];
}

export function modelJudge(name: string, settings: ModelSettings, open: OpenModel, key: Words): Judge {
  let runsOn = '';
  return {
    describe: () => ({ model: name, where: name === BUILT_IN || name === FOLDER ? name : MODEL_HOST, runsOn, ...settings.prompts }),
    async critique(cases, critiques, { signal = new AbortController().signal, onProgress } = {}) {
      const problem = modelProblem(name, settings);
      if (problem !== undefined) throw new JudgeStopped(problem);
      const refuseCancelled = (): void => {
        if (signal.aborted) throw new JudgeStopped(CANCELLED);
      };
      const total = cases.length * critiques;
      let [done, missing] = [0, 0];
      onProgress?.({ done, total, missing });
      const model = await open(name, settings, { signal, onLoading: (loading) => onProgress?.({ done, total, missing, loading }) }).catch((error: unknown) => {
        refuseCancelled();
        throw error;
      });
      ({ runsOn } = model);
      const results = cases.map((): Critique[] => Array<Critique>(critiques).fill(NOTHING_TO_JUDGE));
      const keep = (answer: number, critique: number, one: Critique): void => {
        results[answer]![critique] = one;
        if (one.flags === null) missing++;
      };
      const asked: Asked[] = cases.flatMap((one, answer) => {
        const prompt = one.steps_K.length === 0 ? undefined : model.encode(judgeMessages(settings.prompts, shown(settings, one)));
        if (prompt === undefined || typeof prompt === 'string') {
          if (prompt !== undefined) for (let critique = 0; critique < critiques; critique++) keep(answer, critique, { flags: null, text: prompt, verdict: 'failed', outOfRange: 0 });
          done += critiques;
          return [];
        }
        return Array.from({ length: critiques }, (_, critique) => ({ answer, critique, prompt }));
      });
      const unreadable = results.flat().find(({ verdict }) => verdict === 'failed');
      if (asked.length === 0 && unreadable !== undefined) throw new JudgeStopped(`The judge can read none of these answers. ${unreadable.text}`);
      // of like length, so that little is padding
      asked.sort((a, b) => a.prompt.length - b.prompt.length || a.answer - b.answer || a.critique - b.critique);
      for (const batch of batchesOf(asked, model, settings.maximumTokens)) {
        refuseCancelled();
        onProgress?.({ done, total, missing });
        const draw = (row: number, place: number): number => uniformAt(key, batch[row]!.answer, batch[row]!.critique * PLACES_A_CRITIQUE + place);
        const written = await model.write(batch.map(({ prompt }) => prompt), { maximumTokens: settings.maximumTokens, temperature: settings.temperature, draw, signal }).catch((error: unknown) => {
          refuseCancelled();
          // no reason to give the run up: it can be asked again, or on another device
          throw new JudgeStopped(`The model ${name} failed while it wrote: ${error instanceof Error ? error.message : String(error)}`);
        });
        refuseCancelled();
        batch.forEach(({ answer, critique }, row) => keep(answer, critique, readCritique(written[row]!.text, cases[answer]!.steps_K.length, written[row]!.isCutOff)));
        done += batch.length;
      }
      onProgress?.({ done: total, total, missing });
      return results;
    },
  };
}

/** Each as large as the model bears for its longest prompt, which is its last. */
function batchesOf(asked: readonly Asked[], model: LanguageModel, newTokens: number): Asked[][] {
  const batches: Asked[][] = [];
  for (let from = 0; from < asked.length;) {
    let rows = 1;
    while (from + rows < asked.length && rows < model.rowsAtOnce(asked[from + rows]!.prompt.length, newTokens)) rows++;
    batches.push(asked.slice(from, from + rows));
    from += rows;
  }
  return batches;
}

function shown({ showsReference }: ModelSettings, { reference, ...rest }: JudgeCase): JudgeCase {
  return showsReference && reference !== undefined ? { ...rest, reference } : rest;
}
