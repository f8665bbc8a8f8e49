import type { Command } from 'commander';
import type { Act } from '../act.ts';
import { findReport } from '../find-report.ts';
import { loadForCommand } from '../load-for-command.ts';
import { printReport } from '../print-report.ts';

export function registerShow(program: Command, act: Act): void {
  program
    .command('show')
    .argument('<run>', 'id of the run')
    .description('prints the report of one run')
    .action(
      act(async (context, run: string) => {
        const { settings } = await loadForCommand(context);
        const { report, folder } = await findReport(settings.archive.path, run);
        printReport(context, report, folder);
        return 0;
      }),
    );
}
