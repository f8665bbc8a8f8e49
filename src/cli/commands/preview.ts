import type { Command } from 'commander';
import { previewDrop } from '../../run/previewing/preview-drop.ts';
import type { PreviewedField, PreviewedRow } from '../../run/previewing/preview-rows.ts';
import type { Act, CliContext } from '../act.ts';
import { connectionOf, loadForCommand } from '../load-for-command.ts';
import { openTools } from '../open-tools.ts';
import { businessDate, collectOption, countOption, namedFiles } from '../options.ts';
import { paint, printJson, printLine } from '../print.ts';
import { printTable } from '../print-table.ts';

interface PreviewOptions {
  student?: string[];
  sample: string;
  file?: string[];
  asOf?: string;
}

export function registerPreview(program: Command, act: Act): void {
  program
    .command('preview')
    .argument('<connection>', 'name of the connection')
    .option('--student <id>', 'a student by id; may be repeated', collectOption)
    .option('--sample <n>', 'so many students from the beginning of the file', '5')
    .option(
      '--file <name=path>',
      'a file of the drop, named instead of taken from the source; may be repeated',
      collectOption,
    )
    .option('--as-of <date>', 'the business date, yyyy-MM-dd')
    .action(act(preview, { endsItself: true }));
}

async function preview(context: CliContext, name: string, options: PreviewOptions): Promise<number> {
  const asked = {
    named: namedFiles(options.file, context.pathOf),
    businessDate: businessDate(options.asOf),
    students: options.student ?? [],
    sample: countOption('--sample', options.sample),
  };
  const config = await loadForCommand(context);
  const connection = connectionOf(config, name);
  const { rows, run } = await previewDrop({ connection, ...asked }, openTools(context, config));
  const missing = asked.students.filter((id) => !rows.some((row) => row.id === id));
  if (context.json) {
    printJson(context, { connection: name, rows: rows.map(documentOf), not_found: missing, run });
    return 0;
  }
  for (const row of rows) printRow(context, row);
  for (const id of missing) printLine(context, `${id}: no row of the drop has this id.`);
  if (run.outcome !== 'released')
    printLine(context, [`The run as a whole ${WOULD[run.outcome]}.`, ...run.reasons].join(' '));
  return 0;
}

const WOULD = { held: 'would be held', failed: 'would fail' } as const;

function documentOf({ file, row, line, id, verdict, code, why, change, fields }: PreviewedRow): object {
  return {
    file,
    row,
    line,
    id,
    verdict,
    code,
    why,
    change: change ?? null,
    fields: fields.map(({ target, type, source, mapped, sent }) => ({
      target,
      type,
      source,
      ...(typeof mapped === 'string'
        ? { mapped }
        : { mapped: null, problem: mapped.message, code: mapped.code }),
      ...(sent === undefined ? {} : { sent }),
    })),
  };
}

function printRow(context: CliContext, row: PreviewedRow): void {
  const { verdict, code, why, change } = row;
  const reason = verdict === 'carried' ? asChanged(change) : ` (${code}): ${why}`;
  printLine(
    context,
    paint(
      'bold',
      `${row.file}, row ${row.row}, line ${row.line}, ${row.id === '' ? 'no id' : row.id}`,
      context.stdout,
    ),
  );
  printLine(
    context,
    paint(verdict === 'carried' ? 'green' : 'yellow', `${verdict}${reason}`, context.stdout),
  );
  const cells = row.fields.map((field) => [field.target, field.type, field.source, mappedCell(field)]);
  if (cells.length > 0) printTable(context, ['target field', 'type', 'source value', 'mapped value'], cells);
  printLine(context);
}

function asChanged(change: PreviewedRow['change']): string {
  return change === undefined || change === 'created' ? '' : `, ${change}`;
}

function mappedCell({ mapped, sent }: PreviewedField): string {
  const cell = typeof mapped === 'string' ? mapped : `! ${mapped.message}`;
  return sent === undefined ? cell : `${cell === '' ? '(blank)' : cell}, sent is ${sent}`;
}
