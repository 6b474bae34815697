// The page's way to how often a run's own credit is lowest on the first wrong step; loaded when the answers on screen are compared.

export { scoreBrokenSteps, shareOf } from '../lab/answers/brokenStep';
