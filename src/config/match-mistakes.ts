import { AppError } from '../errors/app-error.ts';
import type { Path } from './fit-schema.ts';
import { carriedFiles, type LoadedConnection } from './load-connection.ts';
import { hintAmong } from './nearest-name.ts';

/** What is wrong with `reconcile.match`: the reference file must be there every night, and students to match with it. */
export function matchMistakes(connection: LoadedConnection): AppError[] {
  const { settings, files, name } = connection;
  const { match } = settings.reconcile;
  if (!match) return [];
  const { against } = match;
  const mistake = (path: Path, sentence: string, hint: string | undefined) => [
    new AppError('config_invalid', sentence, {
      place: connection.placeOf(path),
      ...(hint !== undefined && { hint }),
    }),
  ];
  const names = Object.keys(settings.files);
  const at = ['reconcile', 'match', 'against'];
  if (!Object.hasOwn(settings.files, against))
    return mistake(
      at,
      `reconcile.match.against names ${against}, which is no file of ${name}`,
      hintAmong(against, names),
    );
  if (settings.files[against]?.required === false)
    return mistake(
      ['files', against, 'required'],
      `${against} has the students of the other side (reconcile.match.against): without it every student would be new`,
      'Take required: false out, so that a drop without the file waits.',
    );
  const carried = [...carriedFiles(connection).values()];
  if (files.size < names.length || carried.some(({ mapping }) => mapping.record === 'students')) return [];
  return mistake(
    at,
    `reconcile.match.against names ${against}, and no other file of ${name} has a mapping with record: students`,
    'Add the file of the students who are to be matched with it.',
  );
}
