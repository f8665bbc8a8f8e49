import type { Command } from 'commander';
import { isThere } from '../../archive/read-entries.ts';
import { listConnections } from '../../archive/sealed-folders.ts';
import type { LoadedConfig } from '../../config/load-config.ts';
import { AppError, asAppError } from '../../errors/app-error.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { openLedger } from '../../ledger/open-ledger.ts';
import { type FindRuns, findRuns, type ListedRun } from '../../run/find-runs.ts';
import { OUTCOMES } from '../../vocabulary/run.ts';
import type { Act, CliContext } from '../act.ts';
import { connectionOf, loadForCommand } from '../load-for-command.ts';
import { countOption, dateOption } from '../options.ts';
import { colourOfStanding, printJson, printLine, printWarning } from '../print.ts';
import { printTable } from '../print-table.ts';

const SHOWN = 50;
/** The column with a word of how the run ended. */
const OUTCOME = 2;

interface RunsOptions {
  date?: string;
  from?: string;
  to?: string;
  outcome?: string;
  limit?: string;
}

export function registerRuns(program: Command, act: Act): void {
  program
    .command('runs')
    .argument('[connection]', 'only the runs of this connection')
    .option('--date <date>', 'only those of this business date, yyyy-MM-dd')
    .option('--from <date>', 'first business date')
    .option('--to <date>', 'last business date, included')
    .option('--outcome <word>', `only those that ended so: ${OUTCOMES.join(', ')}`)
    .option('--limit <n>', `so many at most; ${SHOWN} where it is left out, and all of them with --json`)
    .action(
      act(async (context, name: string | undefined, options: RunsOptions) => {
        const config = await loadForCommand(context);
        if (name !== undefined) await refuseUnknown(config, name);
        const runs = await findAsked(context, config, { ...askedOf(options), connection: name });
        if (context.json) printJson(context, { runs });
        else if (runs.length === 0)
          printLine(context, isAll(options) ? 'There is no run yet.' : 'There is no such run.');
        else
          printTable(context, ['run', 'date', 'outcome', 'read', 'carried', 'delivered'], runs.map(cellsOf), {
            colourOf: (cell, column) => (column === OUTCOME ? colourOfStanding(cell) : undefined),
          });
        return 0;
      }),
    );
}

function isAll({ date, from, to, outcome }: RunsOptions): boolean {
  return [date, from, to, outcome].every((one) => one === undefined);
}

function askedOf({ date, from, to, outcome, limit }: RunsOptions) {
  if (date !== undefined && (from !== undefined || to !== undefined))
    throw new AppError('usage', '--date cannot be given with --from or --to');
  if (outcome !== undefined && !OUTCOMES.some((one) => one === outcome))
    throw new AppError('usage', `--outcome ${outcome} is none`, { hint: `There is: ${OUTCOMES.join(', ')}` });
  const day = dateOption('--date', date);
  return {
    from: day ?? dateOption('--from', from),
    to: day ?? dateOption('--to', to),
    outcome,
    limit: limit === undefined ? undefined : countOption('--limit', limit),
  };
}

async function findAsked(
  context: CliContext,
  config: LoadedConfig,
  { limit, ...asked }: FindRuns & { limit: number | undefined },
): Promise<ListedRun[]> {
  const most = limit ?? (context.json ? Number.POSITIVE_INFINITY : SHOWN);
  const found: ListedRun[] = [];
  for await (const run of findRuns(config.settings.archive.path, await openIndex(context, config), asked)) {
    if (found.length >= most) break;
    found.push(run);
  }
  return found;
}

/** The ledger only makes it quick. One that cannot be used is no reason to say nothing: the reports tell the same. */
async function openIndex(context: CliContext, { settings }: LoadedConfig): Promise<Ledger | undefined> {
  // Whoever only asks makes no ledger.
  if (!(await isThere(settings.ledger.path))) return undefined;
  try {
    return context.closing.use(await openLedger(settings.ledger));
  } catch (thrown) {
    const { code, message } = asAppError(thrown);
    if (code === 'defect') throw thrown;
    printWarning(context, code, `${message}; each report is read instead`);
    return undefined;
  }
}

/** One that is configured no more has runs all the same. */
async function refuseUnknown(config: LoadedConfig, name: string): Promise<void> {
  if (!(await listConnections(config.settings.archive.path)).includes(name)) connectionOf(config, name);
}

function cellsOf({ totals, ...run }: ListedRun): (string | number)[] {
  const sum = (key: 'read' | 'carried' | 'delivered') =>
    Object.values(totals).reduce((all, one) => all + (one[key] ?? 0), 0);
  return [run.id, run.business_date, run.outcome, sum('read'), sum('carried'), sum('delivered')];
}
