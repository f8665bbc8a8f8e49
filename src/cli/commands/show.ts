import type { Command } from 'commander';
import { newestAcknowledgements } from '../../archive/read-acknowledgements.ts';
import type { Acknowledgement } from '../../archive/schema.ts';
import type { Act } from '../act.ts';
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
        const answers = await answersTo(path, report.run);
        if (context.json && answers.length > 0) printReport(context, { ...report, answers }, folder);
        else printReport(context, report, folder);
        if (!context.json) for (const one of answers) printAcknowledgement(context, one);
        return 0;
      }),
    );
}

/** What the importing system answered since, the first answer first. An answer is younger than what it answers. */
async function answersTo(
  archivePath: string,
  { id, connection }: { id: string; connection: string },
): Promise<Acknowledgement[]> {
  const answers: Acknowledgement[] = [];
  for await (const one of newestAcknowledgements(archivePath, connection)) {
    if (one.acknowledgement < id) break;
    if (one.run === id) answers.unshift(one);
  }
  return answers;
}
