// The page's way to the writer of answers; loaded when a person saves some.

export { configurationAt } from '../lab/interventions';
export { writeUpdateAnswers } from '../lab/answers/exportUpdate';
