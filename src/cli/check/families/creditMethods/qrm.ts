// The forms differ in what they take off; a reinforce form that takes something off is not known here.

import { NotKnown } from '../../family';
import type { CreditMethodReader } from '../creditCase';
import { readChoice } from './readChoice';

export const qrm: CreditMethodReader = {
  fixtureMethod: 'qrm',
  read(params) {
    const [form, klWeight, valueWeight] = [readChoice(params, 'form', { reinforce: 'reinforce', ppo: 'ppo' }), params.number('kl_coef'), params.number('value_coef')];
    if (form === 'reinforce' && (klWeight !== 0 || valueWeight !== 0)) throw new NotKnown('form reinforce with kl_coef or value_coef');
    return { method: 'qrm', parameters: { centre: params.flagOr('centre', true) ? 'yes' : 'no', ddof: params.number('ddof'), klWeight, valueWeight }, rows: {} };
  },
};
