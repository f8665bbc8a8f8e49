import { isAbsolute, join, posix } from 'node:path';
import type { AppError } from '../errors/app-error.ts';
import type { ConnectionSettings } from './config-schema.ts';
import { folderKey } from './folder-key.ts';
import type { LoadedConnection } from './load-connection.ts';
import { mistakeIn } from './mistake-in.ts';
import { patternsOverlap } from './overlap-patterns.ts';

/** Where the result files of a connection lie, so that two names of one folder are one; blank where there are none. */
export interface ResultPlaces {
  results: string;
  answers: string;
}

export async function locateResults({ settings }: LoadedConnection): Promise<ResultPlaces> {
  const { acknowledge, answer, source, destination } = settings;
  const end = acknowledge?.at === 'source' ? source : destination;
  return {
    results: acknowledge ? await folderKey(inside(end, acknowledge.path)) : '',
    answers: answer ? await folderKey(inside(source, answer.path)) : '',
  };
}

type Placed = ResultPlaces & { connection: LoadedConnection; source: string };

/** What one connection writes or reads as a result file must be nothing of another one. */
export function resultCollisions(earlier: Placed, later: Placed): AppError[] {
  return [
    ...sameResultTwice(earlier, later),
    ...answerAsDrop(earlier, later),
    ...answerAsDrop(later, earlier),
  ];
}

/** Two districts may have students of the same ids, and what is said of one would be taken for the other. */
function sameResultTwice(earlier: Placed, later: Placed): AppError[] {
  const [one, other] = [earlier, later].map(({ connection }) => connection.settings.acknowledge?.file);
  if (earlier.results !== later.results || one === undefined || other === undefined) return [];
  if (!patternsOverlap(one, other)) return [];
  const sentence = `${later.connection.name} and ${earlier.connection.name} read answers in the same folder, and a file could fit both ${other} and ${one}`;
  const hint = 'Make acknowledge.file narrower, or give each connection a folder under acknowledge.path.';
  return [mistakeIn(later.connection, ['acknowledge', 'file'], sentence, hint)];
}

function answerAsDrop(from: Placed, to: Placed): AppError[] {
  if (from.answers === '' || from.answers !== to.source) return [];
  const sentence = `the result files of ${from.connection.name} for its district would lie among the drops of ${to.connection.name}`;
  return [mistakeIn(from.connection, ['answer', 'path'], sentence, 'Give them a folder of their own.')];
}

type End = ConnectionSettings['source'] | ConnectionSettings['destination'];

function inside(end: End, path: string): End {
  if (end.type === 'sftp')
    return { ...end, path: posix.isAbsolute(path) ? path : posix.join(end.path, path) };
  return { ...end, path: isAbsolute(path) ? path : join(end.path, path) };
}
