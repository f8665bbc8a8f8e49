import { join } from 'node:path';
import { createRunFolder, type RunFolder } from '../../archive/run-folder.ts';
import type { Acknowledgement } from '../../archive/schema.ts';
import type { LoadedConnection } from '../../config/load-connection.ts';
import { AppError, asAppError } from '../../errors/app-error.ts';
import { stamp } from '../open-run.ts';
import type { RunTools } from '../run-tools.ts';
import { matchResult } from './match-result.ts';
import { readResult } from './read-result.ts';
import { type MatchedAnswer, sealAnswer } from './seal-answer.ts';

/** What came of one result file of the importing system. */
export type TakenResult =
  | { kind: 'read'; file: string; acknowledgement: Acknowledgement }
  | { kind: 'read_before'; file: string; run: string }
  /** It could not be read, or nobody knows which run it answers. */
  | { kind: 'not_used'; file: string; error: AppError };

/** A result file: `fetch` brings its bytes to a path that is not there yet. */
export interface ResultFile {
  name: string;
  modifiedMs: number;
  /** The run that it answers, where a person said so. */
  run?: string | undefined;
  fetch(to: string): Promise<{ sizeBytes: number; sha256: string }>;
}

/** Reads one result file and seals what it says. One that cannot be used leaves nothing behind. Throws what fetching throws. */
export async function takeResult(
  connection: LoadedConnection,
  file: ResultFile,
  tools: RunTools,
): Promise<TakenResult> {
  const id = `${stamp(tools.clock.now())}-${connection.name}-ack${tools.newSuffix()}`;
  // Without a state it is a stray until it is sealed: after a crash the next run clears it away, and the file is read again.
  const folder = await createRunFolder(tools.archivePath, { id }, { dry: false });
  let matched: MatchedAnswer | { read_before: string };
  try {
    matched = await readAndMatch(connection, { file, folder }, tools);
  } catch (thrown) {
    await folder.discard();
    const error = asAppError(thrown);
    if (!UNUSABLE.has(error.code)) throw thrown;
    return { kind: 'not_used', file: file.name, error };
  }
  if ('run' in matched)
    return { kind: 'read', file: file.name, acknowledgement: await sealAnswer(matched, tools) };
  await folder.discard();
  return { kind: 'read_before', file: file.name, run: matched.read_before };
}

async function readAndMatch(
  connection: LoadedConnection,
  { file, folder }: { file: ResultFile; folder: RunFolder },
  tools: RunTools,
): Promise<MatchedAnswer | { read_before: string }> {
  const { name, settings } = connection;
  if (!settings.acknowledge)
    throw new AppError('defect', 'A result file was taken for a connection that has none');
  const path = join(folder.inbound, file.name);
  const digest = await file.fetch(path);
  const { answers } = await tools.ledger();
  const open = await readResult(path, file.name, settings.acknowledge);
  const students = [...open.ids()];
  const delivered = await answers.known(name, '', students);
  const about = { ...file, ...digest, students: students.length, known: [...delivered.keys()] };
  const matched = await matchResult(await tools.ledger(), name, about);
  if (matched.kind === 'unmatched') throw new AppError('answer_unmatched', `${file.name}: ${matched.why}`);
  if (matched.kind === 'read_before') return { read_before: matched.run };
  const { run } = matched;
  const known = await answers.known(name, run, students);
  const book = open.close((student) => known.has(student));
  const refused = await answers.refused(name);
  return { folder, connection: name, run, file: { name: file.name, ...digest }, book, known, refused };
}

/** What is wrong with the file itself: it would be so again at the next look. */
const UNUSABLE: ReadonlySet<string> = new Set([
  'answer_unmatched',
  'missing_column',
  'duplicate_column',
  'empty_file',
  'unreadable_encoding',
  'truncated_file',
  'too_many_columns',
  'unclosed_quote',
  'malformed_quote',
  'record_too_long',
  'not_a_number_of_rows',
  'rows_after_footer',
]);
