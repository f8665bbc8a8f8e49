import type { Command } from 'commander';
import type { LoadedConfig } from '../../config/load-config.ts';
import { openLedger } from '../../ledger/open-ledger.ts';
import { OUTCOME_WORDS } from '../../report/report-words.ts';
import { visibleText } from '../../report/visible-text.ts';
import { type ExplainedStudent, explainStudent } from '../../run/explain-student.ts';
import { listReports } from '../../run/list-reports.ts';
import { catchUpAll } from '../../run/sealed-memory.ts';
import type { Act, CliContext } from '../act.ts';
import { type FoundReport, findReport } from '../find-report.ts';
import { connectionOf, loadForCommand } from '../load-for-command.ts';
import { openSealing } from '../open-sealing.ts';
import { paint, printJson, printLine } from '../print.ts';

interface WhyOptions {
  run?: string;
  connection?: string;
}

export function registerWhy(program: Command, act: Act): void {
  program
    .command('why')
    .argument('<student-id>', 'id of the student, as the drop has it')
    .option('--run <run>', 'this run, in place of the last one of each connection')
    .option('--connection <name>', 'only the last run of this connection')
    .action(
      act(async (context, student: string, options: WhyOptions) => {
        const config = await loadForCommand(context);
        const unseal = openSealing(context, config)?.unseal;
        await using ledger = await openLedger(config.settings.ledger);
        await catchUpAll(ledger, config.settings.archive.path, unseal);
        const explained: ExplainedStudent[] = [];
        for (const found of await chosen(config, options))
          explained.push(await explainStudent(student, found, { ledger, unseal }));
        if (context.json) printJson(context, { student_id: student, runs: explained.map(factsOf) });
        else for (const one of explained) printWhy(context, student, one);
        return 0;
      }),
    );
}

async function chosen(config: LoadedConfig, { run, connection }: WhyOptions): Promise<FoundReport[]> {
  const { path } = config.settings.archive;
  if (run !== undefined) return [await findReport(path, run)];
  if (connection !== undefined) connectionOf(config, connection);
  const found: FoundReport[] = [];
  for (const name of connection === undefined ? config.connections.keys() : [connection])
    for await (const last of listReports(path, name)) {
      found.push(last);
      break;
    }
  return found;
}

function factsOf(one: ExplainedStudent): object {
  const { run, connection, businessDate, outcome, sent, notCarried, removed, isDestroyed } = one;
  const about = { run, connection, business_date: businessDate, outcome };
  return { ...about, sent, not_carried: notCarried, removed: removed || null, destroyed: isDestroyed };
}

const REMOVED: Readonly<Record<string, string>> = {
  absent: 'Delivered before, and the drop has no row of the student any more.',
  ineligible: 'Delivered before, and a rule of the connection leaves the student out now.',
};

function printWhy(context: CliContext, student: string, one: ExplainedStudent): void {
  const { run, connection, businessDate, outcome, sent, notCarried, removed } = one;
  printLine(context, `${paint('bold', connection, context.stdout)}  ${businessDate}  ${run}`);
  printLine(context, `  The run: ${OUTCOME_WORDS[outcome]}.`);
  for (const { record, file } of sent) printLine(context, `  In the delivered file ${file} (${record}).`);
  for (const { file, line, field, code, message } of notCarried) {
    const where = `${visibleText(file)}, line ${line}${field === '' ? '' : `, ${visibleText(field)}`}`;
    printLine(context, `  Not carried: ${where}: ${code}. ${visibleText(message)}`);
  }
  if (removed !== '') printLine(context, `  ${REMOVED[removed] ?? removed}`);
  if (sent.length + notCarried.length === 0 && removed === '')
    printLine(context, `  ${whyNothing(student, one)}`);
}

function whyNothing(student: string, { outcome, isDestroyed }: ExplainedStudent): string {
  const who = visibleText(student);
  if (outcome === 'held') return 'Nothing was sent yet: the run waits for a person. See rosterferry review.';
  if (outcome === 'failed' || outcome === 'cancelled') return 'Nothing was sent of anybody.';
  if (isDestroyed) return 'The exceptions of the run are not there any more, so that nobody can say why.';
  return `No row of the drop had the id ${who}, or it was as last delivered and only changes were sent.`;
}
