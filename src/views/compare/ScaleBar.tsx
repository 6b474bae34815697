// How methods, which count in units of their own, are brought onto one scale, and what a full bar is.

import type { Scaling } from '../../viz/creditScaling';
import { formatNumber } from '../../viz/format';
import { Icon } from '../app/Icon';
import { useSession } from '../app/SessionContext';
import { useCompare } from './useCompare';
import type { Compared, Yardstick } from './useCompared';

const SCALINGS: Readonly<Record<Scaling, { readonly label: string; sentence(yardstick: string, others: string): string }>> = {
  largest: { label: 'same largest', sentence: (yardstick, others) => `Each ${others} is multiplied so that its largest credit of the batch is as large as ${yardstick}’s.` },
  best: { label: 'best scale', sentence: (yardstick, others) => `Each ${others} is multiplied by the one number that brings it nearest to ${yardstick} over the whole batch, because training only minds its direction.` },
  raw: { label: 'as it is', sentence: () => 'Each method as it is, in its own units.' },
};

const wordsFor = ({ title, method }: Yardstick): [string, string] => (method === undefined ? ['the truth', 'method'] : [title, 'other method']);

export function ScaleBar({ compared: { domain, yardstick, comparison: { sample }, answer } }: { readonly compared: Compared }) {
  const session = useSession();
  const scaling = useCompare((state) => state.scaling);
  const isLocked = useCompare((state) => state.lockedLimit !== null);
  const hasBranches = (sample.branches_NK?.[answer]?.length ?? 0) > 0;
  return (
    <div className="scaleBar">
      <div className="segments" role="group" aria-label="Scale of the methods">
        {Object.entries(SCALINGS).map(([id, { label }]) => (
          <button key={id} type="button" aria-pressed={id === scaling} onClick={() => session.compare.setState({ scaling: id as Scaling, lockedLimit: null })}>{label}</button>
        ))}
      </div>
      <p className="fieldNote">{SCALINGS[scaling].sentence(...wordsFor(yardstick))} A full bar is {formatNumber(domain.limit)}{isLocked ? '' : ', the largest of this problem'}; up is credit, down is blame. A wavy line marks the steps that are {yardstick.method === undefined ? '' : 'known to be '}wrong{yardstick.method === undefined ? '' : ', a bar and a cross the first of a wrong answer'}{hasBranches ? ', a corner the tokens at which the problem branches' : ''}.</p>
      <button type="button" aria-pressed={isLocked} title="Keep this scale while moving through problems" onClick={() => session.compare.setState({ lockedLimit: isLocked ? null : domain.limit })}>
        <Icon name={isLocked ? 'lock' : 'unlock'} />{isLocked ? 'Locked' : 'Lock'}
      </button>
    </div>
  );
}
