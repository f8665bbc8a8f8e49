import type { Command } from 'commander';
import { AppError } from '../../errors/app-error.ts';
import type { Disclosure } from '../../ledger/ledger.ts';
import { openLedger } from '../../ledger/open-ledger.ts';
import { renderLines } from '../../report/csv-lines.ts';
import { writeCounted, writeInstant } from '../../report/plain-values.ts';
import { visibleText } from '../../report/visible-text.ts';
import { catchUpAll } from '../../run/sealed-memory.ts';
import type { Act, CliContext } from '../act.ts';
import { loadForCommand } from '../load-for-command.ts';
import { openSealing } from '../open-sealing.ts';
import { dateOption } from '../options.ts';
import { paint, printFile, printJson, printLine } from '../print.ts';

interface DisclosuresOptions {
  connection?: string;
  from?: string;
  to?: string;
  csv?: boolean;
}

export function registerDisclosures(program: Command, act: Act): void {
  program
    .command('disclosures')
    .argument('<student-id>', 'id of the student, also a temporary one of former times')
    .option('--connection <name>', 'only what went through this connection')
    .option('--from <date>', 'first day of delivery, yyyy-MM-dd')
    .option('--to <date>', 'last day of delivery, included')
    .option('--csv', 'print them as CSV, a line for each file')
    .action(
      act(async (context, student: string, options: DisclosuresOptions) => {
        const { connection, csv = false } = options;
        if (csv && context.json) throw new AppError('usage', '--csv and --json cannot be given together');
        const from = dateOption('--from', options.from);
        const to = dateOption('--to', options.to);
        const config = await loadForCommand(context);
        await using ledger = await openLedger(config.settings.ledger);
        await catchUpAll(ledger, config.settings.archive.path, openSealing(context, config)?.unseal);
        const found = await ledger.disclosures(student, { connection, from, to });
        const rows = found.flatMap(rowsOf);
        if (context.json) printJson(context, { student_id: student, disclosures: rows });
        else if (csv) printFile(context, renderLines([HEADER, ...rows.map(cellsOf)]));
        else printDisclosures(context, student, rows);
        return 0;
      }),
    );
}

/** One file that went out. */
function rowsOf({ run, file, fields, outputs }: Disclosure) {
  return outputs.map((output) => ({
    delivered_at: output.deliveredAt,
    connection: run.connection,
    recipient: run.recipient?.title ?? run.connection,
    destination: run.recipient?.destination ?? '',
    run: run.id,
    record: file,
    file: output.file,
    sha256: output.sha256,
    fields,
    values_destroyed_by: run.destroyedBy ?? null,
  }));
}

type Row = ReturnType<typeof rowsOf>[number];

const HEADER = [
  'delivered_at',
  'connection',
  'recipient',
  'destination',
  'run',
  'record',
  'file',
  'sha256',
  'fields',
  'values_destroyed_by',
];

function cellsOf({ fields, values_destroyed_by, ...row }: Row): string[] {
  return [...Object.values(row), fields.join(' '), values_destroyed_by ?? ''];
}

function printDisclosures(context: CliContext, student: string, rows: readonly Row[]): void {
  const who = visibleText(student);
  if (rows.length === 0) {
    printLine(context, `No delivered file carried a student ${who}.`);
    return;
  }
  const files = writeCounted(rows.length, 'delivered file');
  printLine(context, `${paint('bold', `Student ${who}`, context.stdout)}: in ${files}`);
  let last = '';
  for (const row of rows) {
    const about = `  ${row.record}: ${row.fields.join(', ')}`;
    printLine(context);
    printLine(context, `${writeInstant(row.delivered_at)}  ${row.file}`);
    printLine(
      context,
      `  to ${visibleText(row.recipient)}${row.destination === '' ? '' : `, ${row.destination}`}`,
    );
    printLine(context, paint('dim', `  ${row.run}  sha256 ${row.sha256}`, context.stdout));
    // Night after night they are the same.
    if (about !== last) printLine(context, visibleText(about));
    last = about;
    if (row.values_destroyed_by !== null)
      printLine(context, `  the file itself was destroyed by ${row.values_destroyed_by}`);
  }
}
