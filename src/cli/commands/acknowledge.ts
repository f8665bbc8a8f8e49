import type { Command } from 'commander';
import { AppError } from '../../errors/app-error.ts';
import { CATALOGUE } from '../../errors/catalogue.ts';
import { acknowledgeConnection } from '../../run/acknowledging/acknowledge-connection.ts';
import type { TakenResult } from '../../run/acknowledging/take-result.ts';
import { catchUpAll } from '../../run/sealed-memory.ts';
import type { Act, CliContext } from '../act.ts';
import { connectionOf, loadForCommand } from '../load-for-command.ts';
import { openTools } from '../open-tools.ts';
import { printJson, printLine } from '../print.ts';
import { printAcknowledgement, printRefused, refusedDocument } from '../print-acknowledgement.ts';
import { errorLine } from '../print-error.ts';
import { tellAfterRun } from '../serving/tell-after-run.ts';

interface AcknowledgeOptions {
  file?: string;
  run?: string;
  refused?: boolean;
}

export function registerAcknowledge(program: Command, act: Act): void {
  program
    .command('acknowledge')
    .argument('<connection>', 'name of the connection')
    .option('--file <path>', 'a result file that lies elsewhere')
    .option('--run <run>', 'with --file: the run that it answers, where that cannot be told from the file')
    .option('--refused', 'read nothing; list the students who are refused and not accepted since')
    .action(act(acknowledge, { endsItself: true }));
}

async function acknowledge(context: CliContext, name: string, options: AcknowledgeOptions): Promise<number> {
  const { file, run, refused = false } = options;
  if (run !== undefined && file === undefined)
    throw new AppError('usage', '--run says which run the file of --file answers, and there is no --file');
  const config = await loadForCommand(context);
  const connection = connectionOf(config, name);
  const tools = openTools(context, config);
  if (refused) {
    const ledger = await tools.ledger();
    await catchUpAll(ledger, tools.archivePath, tools.sealing?.unseal);
    const students = await ledger.answers.refused(name);
    if (context.json) printJson(context, { connection: name, refused: students.map(refusedDocument) });
    else printRefused(context, students);
    return 0;
  }
  const named = file === undefined ? undefined : { path: context.pathOf(file), run };
  const results = await acknowledgeConnection({ connection, named, onlyNew: false }, tools);
  if (context.json) printJson(context, { connection: name, results: results.map(documentOf) });
  else printResults(context, name, results);
  for (const one of results)
    if (one.kind === 'not_used') context.stderr.write(`${errorLine(one.error, context.stderr)}\n`);
  await tellAfterRun(context, { connection, config, tools });
  return Math.max(0, ...results.map((one) => (one.kind === 'not_used' ? CATALOGUE[one.error.code].exit : 0)));
}

function documentOf(result: TakenResult): object {
  if (result.kind === 'read') return { result: 'read', ...result.acknowledgement };
  if (result.kind === 'read_before') return { file: result.file, result: 'read_before', run: result.run };
  const { code, message, hint } = result.error;
  return { file: result.file, result: 'not_used', error: { code, message, hint } };
}

function printResults(context: CliContext, name: string, results: readonly TakenResult[]): void {
  if (results.length === 0) printLine(context, `${name}: the importing system has answered nothing new.`);
  for (const one of results) {
    if (one.kind === 'read') printAcknowledgement(context, one.acknowledgement);
    if (one.kind === 'read_before')
      printLine(
        context,
        `${one.file}: was read before, as the answer to ${one.run}; nothing is counted twice.`,
      );
  }
}
