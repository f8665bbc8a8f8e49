import type { Command } from 'commander';
import { listConnections } from '../../archive/sealed-folders.ts';
import type { LoadedConfig } from '../../config/load-config.ts';
import type { StudentAnswer } from '../../ledger/answer-memory.ts';
import type { HistoryEntry } from '../../ledger/ledger.ts';
import { openLedger } from '../../ledger/open-ledger.ts';
import { catchUpAll } from '../../run/sealed-memory.ts';
import { studentOf } from '../../vocabulary/memory.ts';
import type { Act, CliContext } from '../act.ts';
import { loadForCommand } from '../load-for-command.ts';
import { openSealing } from '../open-sealing.ts';
import { printJson } from '../print.ts';
import { answerTo, printHistory } from '../print-history.ts';
import { unknownConnection } from '../unknown-connection.ts';

export function registerHistory(program: Command, act: Act): void {
  program
    .command('history')
    .argument('<student-id>', 'id of the student, also a temporary one of former times')
    .option('--connection <name>', 'only what went through this connection')
    .action(
      act(async (context, student: string, { connection }: { connection?: string }) => {
        const config = await loadForCommand(context);
        if (connection !== undefined) await refuseUnknown(connection, config);
        const { entries, answers } = await recall(context, config, student, connection);
        if (context.json)
          printJson(context, {
            student_id: student,
            history: entries.map((entry) => factsOf(entry, answerTo(entry, answers))),
            answers: answers.map(answerDocument),
          });
        else printHistory(context, student, entries, answers);
        return 0;
      }),
    );
}

async function recall(
  context: CliContext,
  config: LoadedConfig,
  student: string,
  connection: string | undefined,
): Promise<{ entries: HistoryEntry[]; answers: StudentAnswer[] }> {
  const { settings } = config;
  await using ledger = await openLedger(settings.ledger);
  await catchUpAll(ledger, settings.archive.path, openSealing(context, config).unseal);
  const entries = await ledger.history(student, connection);
  const answers = await ledger.answers.about(student, connection);
  for (const name of connection === undefined ? await namesOf(config) : [connection]) {
    // A record that a person matched with a student of the other side is that student under another id.
    const matched = (await ledger.decisions(name)).filter(({ choice }) => choice === `match:${student}`);
    for (const id of new Set(matched.map((decision) => decision.id).filter((one) => one !== student)))
      entries.push(...(await ledger.history(id, name)));
  }
  return { entries, answers };
}

async function namesOf({ connections, settings }: LoadedConfig): Promise<string[]> {
  return [...new Set([...connections.keys(), ...(await listConnections(settings.archive.path))])];
}

/** One that is configured no more has a history all the same. */
async function refuseUnknown(name: string, config: LoadedConfig): Promise<void> {
  const names = await namesOf(config);
  if (names.includes(name)) return;
  throw unknownConnection(name, names);
}

function factsOf(
  { run, file, id, change, note, fields }: HistoryEntry,
  answer: StudentAnswer | undefined,
): object {
  return {
    run: run.id,
    connection: run.connection,
    business_date: run.businessDate,
    outcome: run.outcome,
    finished_at: run.finishedAt,
    file,
    id: studentOf(id),
    change,
    note: change === 'linked' ? studentOf(note) : note,
    fields,
    answer: answer ? answerDocument(answer) : null,
  };
}

function answerDocument({ verdict, status, message, acknowledgement }: StudentAnswer): object {
  const { id, run, at, file } = acknowledgement;
  return { run, verdict, status, message, at, file, acknowledgement: id };
}
