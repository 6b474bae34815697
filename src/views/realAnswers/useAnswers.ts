// React's hold on the store of real answers, and what is shown of it in the form that the stage's components take.

import { createContext, useContext, useMemo } from 'react';
import { useStore } from 'zustand';
import type { AbleMethod } from '../../lab/answers/creditAnswers';
import type { RunNames } from '../../lab/record';
import type { AnswersSession, AnswersState } from '../../state/answersStore';
import { channelsOf, findChannel, type Channel, type PartialUpdate } from '../../viz/channel';
import { answersOf } from '../../viz/phaseSentence';
import { useRun } from '../app/SessionContext';
import type { Shown } from '../app/useShown';

export const AnswersContext = createContext<AnswersSession | null>(null);

export function useAnswersSession(): AnswersSession {
  const session = useContext(AnswersContext);
  if (session === null) throw new Error('no answers: render inside AnswersContext');
  return session;
}

export function useAnswers<Slice>(select: (state: AnswersState) => Slice): Slice {
  return useStore(useAnswersSession().store, select);
}

/** Made by training, which these answers never had. */
const TRAINING_CHANNELS = ['entropy', 'ratio', 'coefficient', 'change'];

type Batch = NonNullable<AnswersState['batch']>;

export function useNamesOfAnswers({ answers: { alphabet } }: Batch, method?: AbleMethod): RunNames {
  return useMemo(() => namesOf(alphabet, method), [alphabet, method]);
}

function namesOf(alphabet: readonly string[], method: AbleMethod | undefined): RunNames {
  return { alphabet, taskTitle: 'Answers from a file', methodTitle: method?.title ?? '', methodExplanation: method?.explanation ?? '', paper: { title: '', url: '' } };
}

/** Problems [from, to) of the file that the batch holds, if the wanted one is among them. */
function rangeWith({ batch, summary, problem }: AnswersState): readonly [number, number] | undefined {
  const range = batch === null ? undefined : summary?.batches[batch.batch];
  return range !== undefined && problem >= range[0] && problem < range[1] ? range : undefined;
}

/** Whether the batch of the wanted problem is here. */
export function useHasBatch(): boolean {
  return useAnswers((state) => rangeWith(state) !== undefined);
}

/** Undefined while a batch or the credit of the method is on its way. */
export function useShownAnswers(): Shown | undefined {
  const batch = useAnswers((state) => state.batch);
  const from = useAnswers((state) => rangeWith(state)?.[0]);
  const wanted = useAnswers((state) => state.problem);
  const method = useAnswers((state) => state.method);
  const credit = useAnswers((state) => state.credits[state.method]);
  const channelId = useRun((state) => state.channel);
  return useMemo(() => {
    if (batch === null || from === undefined) return undefined;
    const { alphabet, sample, score, critique, problems } = batch.answers;
    const update: PartialUpdate = { sample, score, critique, ...(credit !== undefined && { credit }) };
    const hasLogprobs = problems.some(({ answers }) => answers.some(({ logprobs }) => logprobs !== undefined));
    const channels = channelsOf(update).filter(({ id }: Channel) => !TRAINING_CHANNELS.includes(id) && (id !== 'logprob' || hasLogprobs));
    const problem = wanted - from;
    return { update, problem, group: answersOf(update, problem), channels, channel: findChannel(channels, channelId), names: namesOf(alphabet, batch.methods.able.find(({ name }) => name === method)) };
  }, [batch, from, wanted, method, credit, channelId]);
}
