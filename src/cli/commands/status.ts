import type { Command } from 'commander';
import type { LoadedConnection } from '../../config/load-connection.ts';
import { describePause } from '../../reconcile/pause.ts';
import { countWaiting } from '../../report/count-waiting.ts';
import { ended } from '../../report/plain-values.ts';
import type { Report } from '../../report/schema.ts';
import { wrapText } from '../../report/text-layout.ts';
import { visibleText } from '../../report/visible-text.ts';
import type { Act, CliContext } from '../act.ts';
import { type ConnectionStatus, readStatus } from '../connection-status.ts';
import { loadForCommand } from '../load-for-command.ts';
import { colourOfStanding, printJson, printLine, widthOf } from '../print.ts';
import { printTable } from '../print-table.ts';

export function registerStatus(program: Command, act: Act): void {
  program.command('status').action(
    act(async (context) => {
      const config = await loadForCommand(context);
      const connections = await readStatus(config, context.clock.now());
      if (context.json) printJson(context, { connections: connections.map(documentOf) });
      else printConnections(context, connections);
      return 0;
    }),
  );
}

/** The columns state and outcome. */
const STANDINGS: ReadonlySet<number> = new Set([1, 4]);

function documentOf({ connection, last, nextDue, open, lateDay, answer }: ConnectionStatus): object {
  const { id = '', outcome = '', started_at = '' } = last?.run ?? {};
  return {
    name: connection.name,
    enabled: connection.settings.enabled,
    last_run: last ? { id, outcome, started_at } : null,
    next_due: nextDue,
    open_run: open ? { id: open.id, outcome: open.outcome } : null,
    late: lateDay !== undefined,
    ...(answer && { answer: answerOf(answer) }),
  };
}

function answerOf({ last, unanswered }: NonNullable<ConnectionStatus['answer']>): object {
  const { run, at, students, still_refused } = last ?? {};
  return { last: last ? { run, at, ...students, still_refused } : null, unanswered: unanswered?.run ?? null };
}

function printConnections(context: CliContext, connections: readonly ConnectionStatus[]): void {
  printTable(
    context,
    ['connection', 'state', 'schedule', 'last run', 'outcome', 'next', 'open run'],
    connections.map(cellsOf),
    { colourOf: (cell, column) => (STANDINGS.has(column) ? colourOfStanding(cell) : undefined) },
  );
  const lines = connections.flatMap((one) => linesOf(one).map((line) => `${one.connection.name}: ${line}`));
  if (lines.length > 0) printLine(context);
  const width = widthOf(context.stdout);
  for (const line of lines.flatMap((one) => linesIn(context, one, width))) printLine(context, line);
}

/** A sentence in a file is one line, as whoever searches it expects. */
function linesIn({ stdout }: CliContext, sentence: string, width: number): string[] {
  const text = visibleText(sentence);
  return stdout.isTTY ? wrapText(text, width, '  ') : [text];
}

function cellsOf(status: ConnectionStatus): string[] {
  const { connection, last, nextDue, open } = status;
  return [
    connection.name,
    stateOf(status),
    describeSchedule(connection),
    last ? minuteOf(last.run.started_at) : 'never',
    last?.run.outcome ?? '',
    nextDue === null ? '' : minuteOf(nextDue),
    open?.id ?? '',
  ];
}

/** What to know first, in one word. */
function stateOf({ connection, last, open, pause, lateDay }: ConnectionStatus): string {
  if (open?.outcome === 'held') return 'held';
  if (!connection.settings.enabled) return 'off';
  if (pause?.mode === 'stop') return 'paused';
  if (lateDay !== undefined) return 'late';
  if (open) return 'open';
  if (last?.run.outcome === 'failed') return 'failed';
  return 'ok';
}

function describeSchedule({ settings: { schedule } }: LoadedConnection): string {
  if ('cron' in schedule) return `cron ${schedule.cron}`;
  return 'every' in schedule ? `every ${schedule.every}` : 'watch';
}

/** 2026-11-22 03:30, in the zone of the service, as all times here are. */
function minuteOf(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ');
}

/** A sentence for each thing that somebody may have to do something about. */
function linesOf({ connection, last, open, pause, lateDay, stale, answer }: ConnectionStatus): string[] {
  const lines: string[] = [];
  const { expect } = connection.settings;
  if (open?.outcome === 'held') {
    const why = ['waits for a person.', ...open.heldReasons].join(' ');
    lines.push(`the run ${open.id} ${why} See rosterferry review ${open.id}; then approve or cancel it.`);
  } else if (open) {
    lines.push(
      `the run ${open.id} is at work, or was interrupted; the next run or start of the connection finishes it.`,
    );
  }
  if (last?.error) lines.push(`the last run failed: ${ended(last.error.message)} ${ended(last.error.hint)}`);
  if (last && last.run.outcome !== 'held') lines.push(...waitingIn(last));
  if (pause) lines.push(describePause(pause));
  if (lateDay !== undefined)
    lines.push(`late: the drop of ${lateDay}, expected by ${expect?.by}, was not carried.`);
  if (stale)
    lines.push(
      `stale: ${stale.file} was older than ${expect?.newer_than} when the run ${stale.run} took it.`,
    );
  if (answer?.unanswered) {
    const { run, within } = answer.unanswered;
    lines.push(`unanswered: the importing system has not answered the run ${run} within ${within}.`);
  }
  if (answer?.last && answer.last.still_refused > 0) {
    const { at, still_refused: count } = answer.last;
    const who = count === 1 ? '1 student is' : `${count} students are`;
    lines.push(
      `refused: ${who} refused by the importing system since its answer of ${minuteOf(at)}; see rosterferry acknowledge ${connection.name} --refused.`,
    );
  }
  return lines;
}

/** The run went out without these records; the questions come again each night until somebody answers. */
function waitingIn(last: Report): string[] {
  const { records, about } = countWaiting(last);
  if (records === 0) return [];
  const who = records === 1 ? '1 record was' : `${records} records were`;
  const kinds = about === '' ? '' : ` (${about})`;
  return [`${who} left waiting for a person${kinds}; see rosterferry review ${last.run.id}.`];
}
