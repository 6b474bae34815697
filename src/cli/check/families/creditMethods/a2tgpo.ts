import type { CreditMethodReader } from '../creditCase';
import { allButLastStep } from './allButLastStep';

export const a2tgpo: CreditMethodReader = {
  fixtureMethod: 'a2tgpo',
  read: (params) => ({
    method: 'a2tgpo',
    parameters: { alpha: params.number('alpha'), gamma: params.numberOr('gamma', 1), clipStrength: params.number('clip_strength'), epsilon: params.number('eps') },
    rows: { step_z: allButLastStep('z'), clip_scale: 'clipRange' },
  }),
};
