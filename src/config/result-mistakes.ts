import { isAbsolute, join, posix } from 'node:path';
import type { AppError } from '../errors/app-error.ts';
import { filesThatCome } from '../source/schema.ts';
import type { ConnectionSettings } from './config-schema.ts';
import { carriedFiles, type LoadedConnection } from './load-connection.ts';
import { mistakeIn } from './mistake-in.ts';
import { patternsOverlap } from './overlap-patterns.ts';

/** What is wrong with the result files of a connection: each has to lie where nobody takes it for something else. */
export function resultMistakes(connection: LoadedConnection): AppError[] {
  return [...answerAsDrop(connection), ...acknowledgementAsOther(connection), ...wordTwice(connection)];
}

/** A result file in the drop folder would be taken for the next drop, or keep people guessing which file is which. */
function answerAsDrop(connection: LoadedConnection): AppError[] {
  const { answer, source, destination } = connection.settings;
  if (!answer) return [];
  const folder = folderKey(source, answer.path);
  const ends = { source, destination };
  return Object.entries(ends).flatMap(([end, at]) =>
    folderKey(at, '.') === folder
      ? [
          mistakeIn(
            connection,
            ['answer', 'path'],
            `the result files for the district would lie among the files of the ${end}`,
            'Give them a folder of their own, such as results.',
          ),
        ]
      : [],
  );
}

/** What is read as an answer must not be what is dropped, delivered or answered. */
function acknowledgementAsOther(connection: LoadedConnection): AppError[] {
  const { acknowledge, answer, source, destination, files } = connection.settings;
  if (!acknowledge) return [];
  const folder = folderKey(acknowledge.at === 'source' ? source : destination, acknowledge.path);
  const others = [
    ...Object.values(filesThatCome(files)).map(({ match }) => [folderKey(source, '.'), match, 'dropped']),
    ...[...carriedFiles(connection).values()].map(({ mapping: { write } }) => [
      folderKey(destination, '.'),
      write.file.replaceAll(/\{\w+\}/g, '*'),
      'delivered',
    ]),
    ...(answer ? [[folderKey(source, answer.path), 'results_*.csv', 'given to the district']] : []),
  ];
  const taken = others.find(([at, name = '']) => at === folder && patternsOverlap(acknowledge.file, name));
  if (!taken) return [];
  const sentence = `a file that is ${taken[2]} as ${taken[1]} could be taken for an answer of the importing system, because it fits ${acknowledge.file}`;
  const hint = 'Make acknowledge.file narrower, or name the folder of the answers under acknowledge.path.';
  return [mistakeIn(connection, ['acknowledge', 'file'], sentence, hint)];
}

function wordTwice(connection: LoadedConnection): AppError[] {
  const { accepted = [], refused = [] } = connection.settings.acknowledge ?? {};
  const plain = (word: string) => word.trim().toLowerCase();
  const twice = refused.find((word) => accepted.some((other) => plain(other) === plain(word)));
  if (twice === undefined) return [];
  const sentence = `acknowledge says that ${twice} means both accepted and refused`;
  return [mistakeIn(connection, ['acknowledge', 'refused'], sentence)];
}

type End = ConnectionSettings['source'] | ConnectionSettings['destination'];

/** The same for two names of one folder, as far as names tell. */
function folderKey(end: End, path: string): string {
  if (end.type === 'local') return isAbsolute(path) ? join(path, '.') : join(end.path, path);
  const { username, host, port } = end;
  const at = posix.isAbsolute(path) ? path : posix.join(end.path, path);
  return `${username}@${host.toLowerCase()}:${port} ${posix.join(at, '.').replace(/(.)\/$/, '$1')}`;
}
