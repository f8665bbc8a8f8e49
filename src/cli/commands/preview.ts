import type { Command } from 'commander';
import { type PreviewedRow, previewDrop } from '../../run/preview-drop.ts';
import type { Act, CliContext } from '../act.ts';
import { connectionOf, loadForCommand } from '../load-for-command.ts';
import { openTools } from '../open-tools.ts';
import { businessDate, collectOption, countOption, namedFiles } from '../options.ts';
import { paint, printJson, printLine, printTable } from '../print.ts';

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
    .description(
      'shows sample students from source to target, field by field, and why one would be left out; delivers nothing',
    )
    .option('--student <id>', 'a student by id; may be repeated', collectOption)
    .option('--sample <n>', 'so many students from the beginning of the file', '5')
    .option(
      '--file <name=path>',
      'a file of the drop, named instead of taken from the source; may be repeated',
      collectOption,
    )
    .option('--as-of <date>', 'the business date, yyyy-MM-dd')
    .action(act(preview));
}

async function preview(context: CliContext, name: string, options: PreviewOptions): Promise<number> {
  const asked = {
    named: namedFiles(options.file),
    businessDate: businessDate(options.asOf),
    students: options.student ?? [],
    sample: countOption('--sample', options.sample),
  };
  const config = await loadForCommand(context);
  const connection = connectionOf(config, name);
  const rows = await previewDrop({ connection, ...asked }, openTools(context, config));
  const missing = asked.students.filter((id) => !rows.some((row) => row.id === id));
  if (context.json) printJson(context, { connection: name, rows: rows.map(documentOf), not_found: missing });
  else for (const row of rows) printRow(context, row);
  if (!context.json) for (const id of missing) printLine(context, `${id}: no row of the drop has this id.`);
  return 0;
}

function documentOf({ judgement, fields, ...row }: PreviewedRow): object {
  return {
    ...row,
    ...verdictOf(judgement),
    fields: fields.map(({ target, type, source, mapped }) => {
      return typeof mapped === 'string'
        ? { target, type, source, mapped }
        : { target, type, source, mapped: null, problem: mapped.message, code: mapped.code };
    }),
  };
}

function verdictOf(judgement: PreviewedRow['judgement']): {
  verdict: string;
  code: string | null;
  why: string;
} {
  if (judgement.kind === 'carried') return { verdict: 'carried', code: null, why: 'The student is carried.' };
  if (judgement.kind === 'ineligible')
    return { verdict: 'ineligible', code: judgement.reason, why: judgement.rule };
  const [first] = judgement.findings;
  return {
    verdict: 'rejected',
    code: first?.code ?? null,
    why: judgement.findings
      .map(({ field, message }) => (field === '' ? message : `${field}: ${message}`))
      .join(' '),
  };
}

function printRow(context: CliContext, row: PreviewedRow): void {
  const { verdict, code, why } = verdictOf(row.judgement);
  const reason = verdict === 'carried' ? '' : ` (${code}): ${why}`;
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
  const cells = row.fields.map(({ target, type, source, mapped }) => [
    target,
    type,
    source,
    typeof mapped === 'string' ? mapped : `! ${mapped.message}`,
  ]);
  if (cells.length > 0) printTable(context, ['target field', 'type', 'source value', 'mapped value'], cells);
  printLine(context);
}
