import { join } from 'node:path';
import type { ClosedBook } from '../../acknowledge/read-verdicts.ts';
import { ACKNOWLEDGEMENT_FILE } from '../../archive/layout.ts';
import type { RunFolder } from '../../archive/run-folder.ts';
import type { Acknowledgement } from '../../archive/schema.ts';
import { sealRun } from '../../archive/seal-run.ts';
import { writeWhole } from '../../files/write-whole.ts';
import type { AnsweredStudent } from '../../ledger/answer-memory.ts';
import { MEMORY_FILE, memoryLine } from '../../ledger/read-memory.ts';
import { exceptionsHeader, renderExceptions } from '../../report/exceptions-csv.ts';
import { isoInZone, runDayOf } from '../../time/run-day.ts';
import type { MemoryEntry } from '../../vocabulary/memory.ts';
import type { RunTools } from '../run-tools.ts';
import { catchUp } from '../sealed-memory.ts';

/** A result file that was read and matched, in a folder of its own that is not sealed yet. */
export interface MatchedAnswer {
  folder: RunFolder;
  connection: string;
  /** The run that it answers. */
  run: string;
  file: { name: string; sizeBytes: number; sha256: string };
  book: ClosedBook;
  known: ReadonlyMap<string, AnsweredStudent>;
  /** Who was refused before it came. */
  refused: readonly { id: string }[];
}

/** Seals what the importing system answered as a link of the chain, and tells the ledger. */
export async function sealAnswer(
  answer: MatchedAnswer,
  tools: Pick<RunTools, 'archivePath' | 'zone' | 'clock' | 'ledger' | 'program' | 'sealing'>,
): Promise<Acknowledgement> {
  const { folder, connection, book, file } = answer;
  const record = describe(answer, tools);
  const at = (name: string) => join(folder.path, name);
  await writeWhole(at('exceptions.csv'), exceptionsHeader + renderExceptions(exceptionsOf(file.name, book)));
  await writeWhole(at(ACKNOWLEDGEMENT_FILE), `${JSON.stringify(record, undefined, 2)}\n`);
  await writeWhole(at(MEMORY_FILE), [...entriesOf(answer)].map(memoryLine).join(''));
  await sealRun(
    folder,
    { id: folder.run, connection, businessDate: record.date },
    {
      sealedAt: record.at,
      recipients: tools.sealing?.recipients,
      known: new Map([[`inbound/${file.name}`, { sizeBytes: file.sizeBytes, sha256: file.sha256 }]]),
    },
  );
  await catchUp(await tools.ledger(), tools.archivePath, connection, tools.sealing?.unseal);
  return record;
}

function describe(
  { folder, connection, run, file, book, refused }: MatchedAnswer,
  { clock, zone, program }: Pick<RunTools, 'clock' | 'zone' | 'program'>,
): Acknowledgement {
  const nowMs = clock.now();
  const verdicts = [...book.students].map(([id, { verdict }]) => ({ id, verdict }));
  const count = (wanted: string) => verdicts.filter(({ verdict }) => verdict === wanted).length;
  const still = new Set(refused.map(({ id }) => id));
  for (const { id, verdict } of verdicts) still[verdict === 'refused' ? 'add' : 'delete'](id);
  const codes = Map.groupBy(book.unclear, ({ code }) => code);
  return {
    schema: 'rosterferry/acknowledgement/1',
    acknowledgement: folder.run,
    connection,
    run,
    at: isoInZone(nowMs, zone),
    date: runDayOf(nowMs, zone, '01-01').date,
    file: file.name,
    bytes: file.sizeBytes,
    sha256: file.sha256,
    rows: book.rows,
    students: { accepted: count('accepted'), refused: count('refused') },
    statuses: book.statuses,
    unclear: Object.fromEntries([...codes].map(([code, rows]) => [code, rows.length])),
    still_refused: still.size,
    program,
  };
}

function exceptionsOf(file: string, { unclear }: ClosedBook) {
  return unclear.map(({ row, line, id, field, code, why, status }) => {
    return { file, row, line, studentId: id, field, code, message: why, value: status };
  });
}

function* entriesOf({ run, file, book, known }: MatchedAnswer): Generator<MemoryEntry> {
  const { name, sha256 } = file;
  const verdicts = [...book.students.values()];
  const refused = verdicts.filter(({ verdict }) => verdict === 'refused').length;
  yield { kind: 'acknowledged', run, name, sha256, accepted: verdicts.length - refused, refused };
  for (const [id, said] of book.students)
    if (isNews(said, known.get(id))) yield { kind: 'answered', id, ...said };
}

/** That a student who did not change is taken over once more need not be kept of every student of every night. */
function isNews(
  { verdict, status, message }: Omit<Extract<MemoryEntry, { kind: 'answered' }>, 'kind' | 'id'>,
  { isTouched, last }: AnsweredStudent = { isTouched: true, last: undefined },
): boolean {
  if (isTouched) return true;
  if (verdict === 'accepted') return last?.verdict === 'refused';
  return last?.verdict !== 'refused' || last.status !== status || last.message !== message;
}
