import type { AppError } from '../errors/app-error.ts';
import { type OneRosterVersion, unknownToOneRoster } from '../render/oneroster-files.ts';
import { filesThatCome } from '../source/schema.ts';
import { carriedFiles, type LoadedConnection } from './load-connection.ts';
import { mistakeIn } from './mistake-in.ts';
import { patternsOverlap } from './overlap-patterns.ts';

/** What is wrong with the files that a connection would deliver. */
export function outboundMistakes(connection: LoadedConnection): AppError[] {
  return [
    ...sameOutputTwice(connection),
    ...ownOutputAsDrop(connection),
    ...schoolOfFileUnknown(connection),
    ...notOfOneRoster(connection),
  ];
}

function sameOutputTwice(connection: LoadedConnection): AppError[] {
  const names = new Map<string, string>();
  return [...carriedFiles(connection)].flatMap(([name, { mapping }]) => {
    const output = mapping.write.file.toLowerCase();
    const rival = names.get(output);
    names.set(output, rival ?? name);
    if (rival === undefined) return [];
    const sentence = `the files ${rival} and ${name} of ${connection.name} would both be delivered as ${mapping.write.file}`;
    return [
      mistakeIn(
        connection,
        ['files', name, 'mapping'],
        sentence,
        'Give one of them another name under write.file of its mapping.',
      ),
    ];
  });
}

/** What is delivered into the drop folder would be taken for the next drop, and so on without end. */
function ownOutputAsDrop(connection: LoadedConnection): AppError[] {
  const { source, destination, files } = connection.settings;
  if (source.type !== 'local' || destination.type !== 'local' || source.path !== destination.path) return [];
  for (const { mapping } of carriedFiles(connection).values()) {
    const output = mapping.write.file.replaceAll(/\{\w+\}/g, '*');
    const taken = Object.values(filesThatCome(files)).find((file) => patternsOverlap(file.match, output));
    if (!taken) continue;
    const sentence = `${mapping.write.file} would be delivered into the source folder and taken for the next drop, because it fits ${taken.match}`;
    return [
      mistakeIn(connection, ['destination', 'path'], sentence, 'Give the destination a folder of its own.'),
    ];
  }
  return [];
}

/** A file a school needs the school of each record. */
function schoolOfFileUnknown(connection: LoadedConnection): AppError[] {
  return [...carriedFiles(connection)].flatMap(([name, { mapping }]) => {
    if (!mapping.write.file.includes('{school}') || mapping.identity.school !== undefined) return [];
    const sentence = `${mapping.write.file} is a file for each school, but the mapping of ${name} names no column of the school`;
    const hint = 'Add identity.school to the mapping, or take {school} out of write.file.';
    return [mistakeIn(connection, ['files', name, 'mapping'], sentence, hint)];
  });
}

/** A file that the manifest cannot name would be in the zip for nobody. */
function notOfOneRoster(connection: LoadedConnection): AppError[] {
  const manifest = connection.settings.package?.manifest;
  if (manifest === undefined) return [];
  const version: OneRosterVersion = manifest === 'oneroster-1.1' ? '1.1' : '1.2';
  return [...carriedFiles(connection)].flatMap(([name, { mapping }]) =>
    unknownToOneRoster(version, [mapping.write.file]).map((file) =>
      mistakeIn(
        connection,
        ['files', name, 'mapping'],
        `OneRoster ${version} has no file ${file}, and package.manifest asks for one`,
        'Name it under write.file as the standard does, such as users.csv, or leave package.manifest out.',
      ),
    ),
  );
}
