import { isDeepStrictEqual } from 'node:util';
import type { AppError } from '../errors/app-error.ts';
import { unknownToOneRoster, versionOf } from '../render/oneroster-files.ts';
import { filesThatCome } from '../source/schema.ts';
import { carriedFiles, type LoadedConnection, type LoadedFile } from './load-connection.ts';
import { mistakeIn } from './mistake-in.ts';
import { hintAmong } from './nearest-name.ts';
import { patternsOverlap } from './overlap-patterns.ts';

/** What is wrong with the files that a connection would deliver. */
export function outboundMistakes(connection: LoadedConnection): AppError[] {
  return [
    ...sameOutputTwice(connection),
    ...notOfOneForm(connection),
    ...ownOutputAsDrop(connection),
    ...schoolOfFileUnknown(connection),
    ...notOfOneRoster(connection),
  ];
}

/** Two files under one name are one file only where the connection says so. */
function sameOutputTwice(connection: LoadedConnection): AppError[] {
  const names = new Map<string, string>();
  return [...carriedFiles(connection)].flatMap(([name, { mapping, settings }]) => {
    if (settings.into !== undefined) return [];
    const output = mapping.write.file.toLowerCase();
    const rival = names.get(output);
    names.set(output, rival ?? name);
    if (rival === undefined) return [];
    const sentence = `the files ${rival} and ${name} of ${connection.name} would both be delivered as ${mapping.write.file}`;
    const hint = `Give one of them another name under write.file of its mapping, or write into: ${rival} beside it to have both in one file.`;
    return [mistakeIn(connection, ['files', name, 'mapping'], sentence, hint)];
  });
}

/** Records of two mappings in one file have to be written alike, column by column. */
function notOfOneForm(connection: LoadedConnection): AppError[] {
  const files = carriedFiles(connection);
  return [...files].flatMap(([name, { mapping, settings }]) => {
    if (settings.into === undefined) return [];
    const first = files.get(settings.into);
    const refuse = (sentence: string, hint?: string) => [
      mistakeIn(connection, ['files', name, 'into'], sentence, hint),
    ];
    if (!first || first.settings.into !== undefined || settings.into === name)
      return refuse(
        `the records of ${name} are to go behind those of ${settings.into}, which is no file with an outbound file of its own`,
        hintAmong(
          settings.into,
          [...files.keys()].filter((one) => one !== name),
        ),
      );
    if (!isDeepStrictEqual(mapping.write, first.mapping.write) || !mapping.write.final_line_ending)
      return refuse(
        `the records of ${name} are to go behind those of ${settings.into}, and the two mappings write differently`,
        'Give both mappings the same write:, with final_line_ending: true.',
      );
    const [own, others] = [columnsOf(mapping), columnsOf(first.mapping)];
    const other = own.findIndex((column, at) => column !== others[at]);
    if (own.length === others.length && other < 0) return [];
    const at = other < 0 ? own.length : other;
    return refuse(
      `the records of ${name} are to go behind those of ${settings.into}, and column ${at + 1} is ${own[at] ?? 'not there'} in the one and ${others[at] ?? 'not there'} in the other`,
      'Map the same fields in the same order; a field with nothing to say is { apply: [ { value: "" } ] }.',
    );
  });
}

function columnsOf({ fields }: LoadedFile['mapping']): string[] {
  return Object.entries(fields).flatMap(([name, { type }]) => (type === 'do_not_map' ? [] : [name]));
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
  const version = versionOf(manifest);
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
