import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { JudgeAccuracyList } from './JudgeAccuracyList';

it('says how the shipped judge does by single critiques, by greedy ones and by the majority', () => {
  const columns = { task: 'columns', answers: 256, steps: 768, wrongSteps: 186, missing: 0, precision: 0.4, recall: 0.52, f1: 0.45, greedyF1: 0.33, votedF1: 0.42 };
  const page = renderToStaticMarkup(<JudgeAccuracyList accuracy={{ format: 'creditscope-judge-accuracy/1', parameters: 1000, temperature: 0.7, votes: 4, tasks: [columns] }} />);
  expect(page.replaceAll(/<[^>]*>/g, '').replaceAll('\u202f', ' ')).toContain('columns: F1 0.45, precision 40 %, recall 52 %; F1 greedy 0.33, of the majority 0.42');
});
