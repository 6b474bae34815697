// React's hold on the store of real answers, and what is shown of it in the form that the stage's components take.

import { createContext, useContext, useMemo } from 'react';
import { useStore } from 'zustand';
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

/** Undefined while a batch or the credit of the method is on its way. */
export function useShownAnswers(): Shown | undefined {
  const batch = useAnswers((state) => state.batch);
  const summary = useAnswers((state) => state.summary);
  const wanted = useAnswers((state) => state.problem);
  const method = useAnswers((state) => state.method);
  const credit = useAnswers((state) => state.credits[state.method]);
  const channelId = useRun((state) => state.channel);
  return useMemo(() => {
    const range = batch === null ? undefined : summary?.batches[batch.batch];
    if (batch === null || range === undefined || wanted < range[0] || wanted >= range[1]) return undefined;
    const { alphabet, sample, score, critique, problems } = batch.answers;
    const known = batch.methods.able.find(({ name }) => name === method);
    const update: PartialUpdate = { sample, score, critique, ...(credit !== undefined && { credit }) };
    const hasLogprobs = problems.some(({ answers }) => answers.some(({ logprobs }) => logprobs !== undefined));
    const channels = channelsOf(update).filter(({ id }: Channel) => !TRAINING_CHANNELS.includes(id) && (id !== 'logprob' || hasLogprobs));
    const problem = wanted - range[0];
    return {
      update, problem, group: answersOf(update, problem), channels, channel: findChannel(channels, channelId),
      names: { alphabet, taskTitle: 'Answers from a file', methodTitle: known?.title ?? '', methodExplanation: known?.explanation ?? '', paper: { title: '', url: '' } },
    };
  }, [batch, summary, wanted, method, credit, channelId]);
}
