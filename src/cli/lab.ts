// Entry of `npm run lab -- COMMAND`. A wrong option gives a message and exit code 2; a failure exit code 1.

import { ANSWERS_HELP, answersCommand } from './answersCommand';
import { BENCH_HELP, benchCommand } from './benchCommand';
import { EXPORT_HELP, exportCommand } from './exportCommand';
import { FIDELITY_HELP, fidelityCommand } from './fidelityCommand';
import { PRETRAIN_JUDGE_HELP, pretrainJudgeCommand } from './pretrainJudgeCommand';
import { PRETRAIN_HELP, pretrainCommand } from './pretrainCommand';
import { RECORD_COMPARISON_HELP, recordComparisonCommand } from './recordComparisonCommand';
import { RECORD_HELP, recordCommand } from './recordCommand';
import { RECORD_LESSONS_HELP, recordLessonsCommand } from './recordLessonsCommand';
import { RECORD_OPENING_HELP, recordOpeningCommand } from './recordOpeningCommand';
import { TRAIN_HELP, trainCommand } from './trainCommand';
import { UsageError } from './usageError';

const HELP = `Commands:
npm run lab -- check DIR
  runs every reference file found in a folder on both executors
${TRAIN_HELP}
${PRETRAIN_HELP}
${PRETRAIN_JUDGE_HELP}
${RECORD_HELP}
${RECORD_COMPARISON_HELP}
${RECORD_LESSONS_HELP}
${RECORD_OPENING_HELP}
${BENCH_HELP}
${FIDELITY_HELP}
${ANSWERS_HELP}
${EXPORT_HELP}
`;

async function main([command, ...args]: readonly string[]): Promise<void> {
  if (command === undefined || ['help', '--help', '-h'].includes(command) || args.includes('--help')) {
    process.stdout.write(HELP);
    return;
  }
  switch (command) {
    case 'check': {
      const { checkCommand } = await import('./check/checkCommand');
      process.exitCode = await checkCommand(args);
      return;
    }
    case 'train': return trainCommand(args);
    case 'pretrain': return pretrainCommand(args);
    case 'pretrain-judge': return pretrainJudgeCommand(args);
    case 'record': return recordCommand(args);
    case 'record-comparison': return recordComparisonCommand(args);
    case 'record-lessons': return recordLessonsCommand(args);
    case 'record-opening': return recordOpeningCommand(args);
    case 'bench': return benchCommand(args);
    case 'fidelity': return fidelityCommand(args);
    case 'export': return exportCommand(args);
    case 'answers': return answersCommand(args);
    default: throw new UsageError(`unknown command ${JSON.stringify(command)}; known commands: check, train, pretrain, pretrain-judge, record, record-comparison, record-lessons, record-opening, bench, fidelity, answers, export`);
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
