// `lab check DIR`. Lines go to standard output; the exit code is 1 when a case failed.

import { UsageError } from '../usageError';
import { check } from './check';

export async function checkCommand(args: readonly string[]): Promise<number> {
  const [folder, ...rest] = args;
  if (folder === undefined || rest.length > 0 || folder.startsWith('-')) throw new UsageError('check takes one folder: npm run lab -- check DIR');
  return check(folder, (line) => process.stdout.write(`${line}\n`));
}
