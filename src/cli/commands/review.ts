import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { AppError } from '../../errors/app-error.ts';
import { wrapText } from '../../report/text-layout.ts';
import { visibleText } from '../../report/visible-text.ts';
import type { Questions } from '../../review/compile-questions.ts';
import { reviewDocument } from '../../review/review-document.ts';
import { countKinds, type ReviewLine, type ReviewRole, renderReviewText } from '../../review/review-text.ts';
import { exportReview, renderReview } from '../../run/deciding/export-review.ts';
import { type ImportAnswer, importReview, openQuestions, waitingOf } from '../../run/deciding/review-run.ts';
import type { Outcome } from '../../vocabulary/run.ts';
import type { Act, CliContext } from '../act.ts';
import { type FoundReport, findReport } from '../find-report.ts';
import { connectionOf, loadForCommand } from '../load-for-command.ts';
import { openTools } from '../open-tools.ts';
import { type Colour, paint, printFile, printJson, printLine, printNote } from '../print.ts';
import { exitCodeOf } from '../print-report.ts';

interface ReviewOptions {
  export?: string;
  import?: string;
  reason?: string;
}

export function registerReview(program: Command, act: Act): void {
  program
    .command('review')
    .argument('<run>', 'id of the run')
    .option('--export <file>', 'write the questions as CSV with a column to decide in; - for stdout')
    .option(
      '--import <file>',
      'take the decisions of a filled CSV: all of them, or none where a cell is wrong',
    )
    .option('--reason <text>', 'with --import: why, for rows that give no reason')
    .action(act(review, { endsItself: true }));
}

async function review(context: CliContext, run: string, options: ReviewOptions): Promise<number> {
  refuseNonsense(context, options);
  const config = await loadForCommand(context);
  const found = await findReport(config.settings.archive.path, run);
  const connection = connectionOf(config, found.report.run.connection);
  const tools = openTools(context, config);
  if (options.import !== undefined) {
    const { username: by } = userInfo();
    const sheet = { path: context.pathOf(options.import), shown: options.import };
    const request = { run, ...sheet, by, reason: options.reason?.trim() ?? '' };
    const answer = await importReview(connection, request, tools);
    printTaken(context, answer);
    // That it is held still is what was asked for; that its drafting failed is not.
    return answer.isDraftedAgain && answer.report.error ? exitCodeOf(answer.report) : 0;
  }
  const all = await openQuestions(found.report, found.folder, tools);
  const questions = waitingOf(all, found.report.run.outcome);
  if (options.export === undefined) printQuestions(context, found, questions);
  else await exportTo(context, options.export, questions);
  return 0;
}

function refuseNonsense({ json }: CliContext, options: ReviewOptions): void {
  if (options.export !== undefined && options.import !== undefined)
    throw new AppError('usage', '--export and --import cannot be given together');
  if (options.reason !== undefined && options.import === undefined)
    throw new AppError('usage', '--reason belongs to --import');
  if (options.reason?.trim() === '') throw new AppError('usage', '--reason says nothing');
  if (options.export === '' || options.import === '') throw new AppError('usage', 'The file has no name');
  if (json && options.export === '-')
    throw new AppError('usage', '--json and --export - cannot be given together: both print on stdout');
}

async function exportTo(context: CliContext, path: string, questions: Questions): Promise<void> {
  if (path === '-') {
    printFile(context, renderReview(questions));
    return;
  }
  await exportReview(questions, context.pathOf(path), path);
  const count = questions.asked.length;
  if (context.json) printJson(context, { run: questions.run, file: path, rows: count });
  else {
    printLine(context, `${path}: ${count === 1 ? '1 row' : `${count} rows`} to decide about.`);
    printNote(
      context,
      `Fill the column decision, then: rosterferry review ${questions.run} --import ${path}`,
    );
  }
}

const COLOURS: Record<ReviewRole, Colour | undefined> = {
  heading: 'bold',
  plain: undefined,
  waits: 'yellow',
  soft: 'dim',
};

function printQuestions(context: CliContext, { report }: FoundReport, questions: Questions): void {
  const { id, connection, outcome } = report.run;
  const reasons = outcome === 'held' ? (report.held?.reasons ?? []) : [];
  if (context.json) {
    const counts = countKinds(questions);
    const items = reviewDocument(questions);
    printJson(context, { run: id, connection, outcome, reasons, counts, items });
    return;
  }
  // What holds the run stands among its questions too.
  const records = { ...questions, asked: questions.asked.filter(({ item }) => item.kind !== 'safeguard') };
  printRole(context, { role: 'heading', indent: 0, text: `${id} of ${connection}: ${outcome}` });
  for (const text of reasons) printRole(context, { role: 'waits', indent: 2, text });
  printLine(context);
  for (const line of renderReviewText(records)) printRole(context, line);
  for (const text of nextSteps(outcome, questions)) printRole(context, { role: 'plain', indent: 0, text });
}

function nextSteps(outcome: Outcome, { run, asked }: Questions): string[] {
  const asks = asked.some(({ item }) => item.choices.length > 0);
  const sheet = `rosterferry review ${run} --export review.csv`;
  switch (outcome) {
    case 'held':
      return [
        ...(asks ? [`Decide in a spreadsheet: ${sheet}`] : ['It asks nothing about a single record.']),
        `Then release it: rosterferry approve ${run}`,
        `Or give it up: rosterferry cancel ${run} --reason TEXT`,
      ];
    case 'dry_run':
      return ['It was a dry run: this is what the run itself would ask.'];
    default:
      if (!asks) return ['Nothing of this run waits for a person.'];
      return [
        'These records were not sent, and are asked about again next time.',
        `Decide in a spreadsheet: ${sheet}`,
      ];
  }
}

function printRole(context: CliContext, { role, indent, text }: ReviewLine): void {
  const colour = COLOURS[role];
  const margin = ' '.repeat(indent);
  const width = Math.max((context.stdout.columns || 100) - indent, 20);
  for (const line of wrapText(visibleText(text), width)) {
    const whole = text === '' ? '' : `${margin}${line}`;
    printLine(context, colour === undefined ? whole : paint(colour, whole, context.stdout));
  }
}

/** So many notices are printed one by one; --json has all. */
const MOST_NOTICES = 20;

function printTaken(context: CliContext, answer: ImportAnswer): void {
  const { report, taken, restatedCount, notices, openCount, isDraftedAgain } = answer;
  const { id, outcome } = report.run;
  if (context.json) {
    const counts = { taken: taken.length, restated: restatedCount, open: openCount };
    printJson(context, {
      run: id,
      outcome,
      ...counts,
      drafted_again: isDraftedAgain,
      decisions: taken,
      notices,
    });
    return;
  }
  for (const { code, message, line } of notices.slice(0, MOST_NOTICES))
    printNote(context, `notice[${code}]: ${line === undefined ? '' : `line ${line}: `}${message}.`);
  if (notices.length > MOST_NOTICES)
    printNote(context, `... and ${notices.length - MOST_NOTICES} more notices; --json prints all.`);
  const before = restatedCount > 0 ? `, ${restatedCount} were taken before` : '';
  const decisions = taken.length === 1 ? '1 decision' : `${taken.length} decisions`;
  printLine(context, `${decisions} taken${before}; ${openCount} still open.`);
  for (const line of whatFollows(answer)) printLine(context, line);
}

function whatFollows({ report, taken, isDraftedAgain }: ImportAnswer): string[] {
  const { id, outcome } = report.run;
  const asks = `rosterferry approve ${id} releases it, rosterferry cancel ${id} --reason TEXT does not.`;
  if (isDraftedAgain && outcome === 'held')
    return [`The run was drafted again with them and is held: ${asks}`];
  if (isDraftedAgain)
    return [
      `The run was drafted again with them: ${[outcome, report.error?.message ?? ''].join(' ').trim()}.`,
    ];
  if (outcome === 'held' && taken.length > 0)
    return [`Its delivery had begun, so they count from the next run on. The run is held: ${asks}`];
  if (outcome === 'held') return [`The run is held: ${asks}`];
  return taken.length > 0 ? ['The run was delivered already: they count from the next run on.'] : [];
}
