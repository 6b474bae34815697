// Entry of the page that `npm run bench` opens: the command calls what is put in the window here.

import { reportOf } from './report';
import { runBench, type BenchOptions } from './runBench';

declare global {
  interface Window {
    /** made by the command */
    sayProgress(sentence: string): void;
    bench(options: BenchOptions): Promise<{ results: unknown; report: string }>;
  }
}

window.bench = async (options) => {
  const results = await runBench(navigator.gpu, options, (sentence) => window.sayProgress(sentence));
  return { results, report: reportOf(results) };
};
