// Fetches how well the shipped judge was measured to find wrong steps. It is told beside the judge, so without it nothing is missing but the numbers.

import { readJudgeAccuracy, type JudgeAccuracy } from '../formats/judgeAccuracy';

export async function fetchJudgeAccuracy(address: string): Promise<JudgeAccuracy | undefined> {
  try {
    const response = await fetch(address);
    return response.ok ? readJudgeAccuracy(await response.text()) : undefined;
  } catch {
    return undefined;
  }
}
