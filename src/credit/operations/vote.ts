// CAPO's vote: which steps the critiques of an answer call wrong, by one of five rules, among the valid critiques only.
// With no valid critique no step is flagged. Ties: strict_majority leaves a step half of them flag, at_least_half takes it.

import { planBuffer } from '../../gpu/buffer';
import { countVotes } from '../../kernels/credit/countVotes';
import type { VotingRule } from '../../lab/configuration';
import type { CreditBuilder, Handle } from '../builder';

export const VOTING_RULES: Readonly<Record<VotingRule, string>> = {
  intersection: '({votes} = {critics}) × ({critics} > 0)',
  strict_majority: '{votes} > {critics} / 2',
  at_least_half: '({votes} ≥ {critics} / 2) × ({votes} > 0)',
  union: '{votes} > 0',
  fractional: '{votes} / {critics}',
};

/** Rows `votes` [step], `critics` [answer] and `id` [step]: 1 where the step is flagged, or the share of votes. */
export function vote(c: CreditBuilder, rule: VotingRule, id: string, label: string): Handle {
  const { answers, critiques, maximumSteps } = c.shape;
  const flags = c.input('critiques', 'critiqueFlags', planBuffer('credit/critiqueFlags_NkK', Math.max(1, answers * critiques * maximumSteps), 'u32'));
  const isValid = c.input('critiques', 'critiqueIsValid', planBuffer('credit/critiqueIsValid_Nk', Math.max(1, answers * critiques), 'u32'));
  const votes = c.output('step', { id: 'votes', label: 'Votes against the step', formula: 'number of valid critiques that call the step wrong' });
  const critics = c.output('answer', { id: 'critics', label: 'Valid critiques', formula: 'number of critiques of the answer that could be read' });
  c.plan.call(
    countVotes,
    { flags, is_valid: isValid, step_count: c.frame.stepCount, votes: votes.buffer, valid: critics.buffer },
    { answers, critiques, steps: maximumSteps },
  );
  return c.line(id, label, VOTING_RULES[rule]);
}
