import type { Command } from 'commander';
import type { Report } from '../../report/schema.ts';
import { listReports } from '../../run/list-reports.ts';
import type { Act } from '../act.ts';
import { connectionOf, loadForCommand } from '../load-for-command.ts';
import { countOption } from '../options.ts';
import { colourOfStanding, printJson, printLine } from '../print.ts';
import { printTable } from '../print-table.ts';

const SHOWN = 50;
/** The column with a word of how the run ended. */
const OUTCOME = 2;

export function registerRuns(program: Command, act: Act): void {
  program
    .command('runs')
    .argument('[connection]', 'only the runs of this connection')
    .description('lists runs, newest first')
    .option('--limit <n>', `so many at most; ${SHOWN} where it is left out, and all of them with --json`)
    .action(
      act(async (context, name: string | undefined, options: { limit?: string }) => {
        const asked = options.limit === undefined ? undefined : countOption('--limit', options.limit);
        const config = await loadForCommand(context);
        if (name !== undefined) connectionOf(config, name);
        const limit = asked ?? (context.json ? Number.POSITIVE_INFINITY : SHOWN);
        const reports: Report[] = [];
        for await (const { report } of listReports(config.settings.archive.path, name)) {
          if (reports.length >= limit) break;
          reports.push(report);
        }
        if (context.json) printJson(context, { runs: reports.map(summaryOf) });
        else if (reports.length === 0) printLine(context, 'There is no run yet.');
        else
          printTable(
            context,
            ['run', 'date', 'outcome', 'read', 'carried', 'delivered'],
            reports.map(cellsOf),
            { colourOf: (cell, column) => (column === OUTCOME ? colourOfStanding(cell) : undefined) },
          );
        return 0;
      }),
    );
}

function summaryOf({ run, totals }: Report): object {
  const { id, connection, outcome, business_date, started_at } = run;
  return { id, connection, outcome, business_date, started_at, totals };
}

function cellsOf({ run, totals }: Report): (string | number)[] {
  const sum = (key: 'read' | 'carried' | 'delivered') =>
    Object.values(totals).reduce((all, one) => all + one[key], 0);
  return [run.id, run.business_date, run.outcome, sum('read'), sum('carried'), sum('delivered')];
}
