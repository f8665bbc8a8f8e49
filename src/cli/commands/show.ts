import type { Command } from 'commander';
import type { Act } from '../act.ts';
import { answersTo } from '../find-answer.ts';
import { findReport } from '../find-report.ts';
import { loadForCommand } from '../load-for-command.ts';
import { printAcknowledgement } from '../print-acknowledgement.ts';
import { printReport } from '../print-report.ts';

export function registerShow(program: Command, act: Act): void {
  program
    .command('show')
    .argument('<run>', 'id of the run')
    .action(
      act(async (context, run: string) => {
        const { settings } = await loadForCommand(context);
        const { path } = settings.archive;
        const { report, folder } = await findReport(path, run);
        const answers = (await Array.fromAsync(answersTo(path, report.run))).reverse();
        if (context.json && answers.length > 0) printReport(context, { ...report, answers }, folder);
        else printReport(context, report, folder);
        if (!context.json) for (const one of answers) printAcknowledgement(context, one);
        return 0;
      }),
    );
}
