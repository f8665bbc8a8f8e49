import type { LoadedConnection } from '../config/load-connection.ts';
import { describePause } from '../reconcile/pause.ts';
import type { Report } from '../report/schema.ts';
import type { RunAnswer } from '../run/run-connection.ts';
import { filesThatCome } from '../source/schema.ts';
import type { CliContext } from './act.ts';
import { findReport } from './find-report.ts';
import { printJson, printLine, printNote } from './print.ts';
import { errorLine } from './print-error.ts';
import { exitCodeOf, failureOf, printReport } from './print-report.ts';

interface Answered {
  answer: RunAnswer;
  archivePath: string;
}

/**
 * What came of `run`: the runs that had been interrupted and were finished first, then the new one, or why there is none.
 * @returns the exit code, of several runs the worst
 */
export async function printAnswer(
  context: CliContext,
  connection: LoadedConnection,
  { answer, archivePath }: Answered,
): Promise<number> {
  for (const report of answer.finished) await printFinished(context, report, archivePath);
  if (answer.kind === 'ran') printReport(context, answer.report, answer.folder);
  else printNothing(context, connection, answer);
  return worstOf([...answer.finished, ...(answer.kind === 'ran' ? [answer.report] : [])].map(exitCodeOf));
}

/** With --json there is one document, and it is about the new drop: what was finished before is told beside it. */
async function printFinished(context: CliContext, report: Report, archivePath: string): Promise<void> {
  const { id, outcome } = report.run;
  printNote(context, `finished the run ${id}, which had been interrupted: ${outcome}`);
  if (context.json && report.error)
    context.stderr.write(`${errorLine(failureOf(report.error), context.stderr)}\n`);
  if (context.json) return;
  const { folder } = await findReport(archivePath, id);
  printReport(context, report, folder);
}

/** From the best to the worst: a run that waits for a person is better than one that failed. */
const BEST_FIRST = [0, 4, 7, 6, 3];

function worstOf(exitCodes: readonly number[]): number {
  const rank = (code: number) =>
    BEST_FIRST.indexOf(code) + (BEST_FIRST.includes(code) ? 0 : BEST_FIRST.length + 1);
  return exitCodes.toSorted((one, other) => rank(other) - rank(one))[0] ?? 0;
}

type Nothing = Exclude<RunAnswer, { kind: 'ran' }>;

function printNothing(context: CliContext, connection: LoadedConnection, answer: Nothing): void {
  const { name } = connection;
  const why = answer.kind === 'paused' ? { paused: answer.pause } : { drop: answer.found };
  const { finished } = answer;
  const sentence =
    answer.kind === 'paused' ? describePause(answer.pause) : describeNoDrop(connection, answer.found);
  const rest = finished.length === 0 ? 'Nothing was done.' : 'Nothing else was done.';
  if (context.json) printJson(context, { run: null, connection: name, ...why, finished });
  else printLine(context, `${name}: ${sentence} ${rest}`);
}

type NoDrop = Extract<RunAnswer, { kind: 'no_drop' }>['found'];

/** Names the folder and the patterns: most often one of the two was mistyped. */
function describeNoDrop({ settings }: LoadedConnection, found: NoDrop): string {
  const { source } = settings;
  const files = filesThatCome(settings.files);
  const where = source.type === 'local' ? source.path : `${source.host}:${source.path}`;
  if (found.state === 'carried_before') return `What is in ${where} was carried before.`;
  if (found.state === 'none') {
    const patterns = Object.values(files).map(({ match }) => match);
    return `No file in ${where} fits ${patterns.join(' or ')}.`;
  }
  const wanted = found.missing.map((name) => `${name} (${files[name]?.match})`);
  const missing = wanted.length > 0 ? ` Missing: ${wanted.join(', ')}.` : '';
  const marker = 'marker' in source.ready ? ` or waiting for its ${source.ready.marker}` : '';
  const growing = found.growing.length > 0 ? ` Still arriving${marker}: ${found.growing.join(', ')}.` : '';
  return `The drop in ${where} is not whole yet.${missing}${growing}`;
}
