// The tokens that a number in a line of the credit program comes from: of a finer input all that stand under the line's unit (the
// tokens of a group under its mean), of any other those of the input's own unit (the tokens of the answer that a reward is of). A neighbour's number comes from the neighbour.

import type { CreditRow, RowShape } from '../lab/record';
import { stepOf, type Geometry, type Place } from './creditGeometry';
import { placeOfTerm, type Term } from './neighbourTerm';

const COARSE_TO_FINE: readonly RowShape[] = ['scalar', 'problem', 'answer', 'step', 'token'];

export function termTokens(line: Pick<CreditRow, 'shape'>, input: Pick<CreditRow, 'shape'>, geometry: Geometry, place: Place, term?: Term): Place[] {
  if (term?.neighbour !== undefined) {
    const there = placeOfTerm(term, line, geometry, place);
    return there === undefined ? [] : tokensOfUnit(line.shape, geometry, there);
  }
  const isFiner = COARSE_TO_FINE.indexOf(input.shape) > COARSE_TO_FINE.indexOf(line.shape);
  return tokensOfUnit(isFiner ? line.shape : input.shape, geometry, place);
}

function tokensOfUnit(unit: RowShape, geometry: Geometry, place: Place): Place[] {
  if (unit === 'token') return [place];
  const tokens: Place[] = [];
  for (let answer = 0; answer < geometry.answers; answer++) {
    const isInside = unit === 'scalar' || (unit === 'problem' ? geometry.problem_N[answer] === geometry.problem_N[place.answer] : answer === place.answer);
    if (!isInside) continue;
    for (let token = 0; token < geometry.lengths_N[answer]!; token++) {
      if (unit !== 'step' || stepOf(geometry, { answer, token }) === stepOf(geometry, place)) tokens.push({ answer, token });
    }
  }
  return tokens;
}
