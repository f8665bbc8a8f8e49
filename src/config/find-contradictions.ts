import { whyIncomplete } from '../eligibility/why-incomplete.ts';
import { AppError } from '../errors/app-error.ts';
import { joinsIn } from '../mapping/schema.ts';
import { filesThatCome } from '../source/schema.ts';
import { belongsToStudent } from '../vocabulary/record-kind.ts';
import { carriedFiles, type LoadedConnection } from './load-connection.ts';
import { matchMistakes } from './match-mistakes.ts';
import { mistakeIn } from './mistake-in.ts';
import { hintAmong, nearestName } from './nearest-name.ts';
import { outboundMistakes } from './outbound-mistakes.ts';
import { resultMistakes } from './result-mistakes.ts';

/** What is wrong between keys that are each right on their own: one connection with its mappings. */
export function findContradictions(connection: LoadedConnection): AppError[] {
  return [
    ...unsafeEndpoint(connection, 'source'),
    ...unsafeEndpoint(connection, 'destination'),
    ...incompleteEligibility(connection),
    ...studentsMissing(connection),
    ...outboundMistakes(connection),
    ...matchMistakes(connection),
    ...nothingDeactivated(connection),
    ...resultMistakes(connection),
    ...unknownFilesOfFields(connection),
    ...schoolsUnknown(connection),
    ...readAgainOfNothing(connection),
  ];
}

/** A host is never trusted unseen, and never asked without a credential. */
function unsafeEndpoint(connection: LoadedConnection, end: 'source' | 'destination'): AppError[] {
  const endpoint = connection.settings[end];
  if (endpoint.type !== 'sftp') return [];
  const mistakes: AppError[] = [];
  if (endpoint.host_key === undefined && endpoint.known_hosts === undefined) {
    const hint = `Write host_key: "SHA256:..." with the fingerprint that the owner of the host names, or known_hosts: file:PATH.`;
    mistakes.push(
      mistakeIn(
        connection,
        [end],
        `the ${end} of ${connection.name} names no key by which ${endpoint.host} is known`,
        hint,
      ),
    );
  }
  if (endpoint.password === undefined && endpoint.private_key === undefined) {
    const hint = 'Write private_key: file:PATH, or password: env:NAME.';
    mistakes.push(
      mistakeIn(
        connection,
        [end],
        `the ${end} of ${connection.name} has neither password nor private_key`,
        hint,
      ),
    );
  }
  if (endpoint.passphrase !== undefined && endpoint.private_key === undefined) {
    const hint = 'Add private_key, or take the passphrase out.';
    mistakes.push(
      mistakeIn(
        connection,
        [end, 'passphrase'],
        `the ${end} of ${connection.name} has a passphrase and no private_key`,
        hint,
      ),
    );
  }
  return mistakes;
}

function incompleteEligibility(connection: LoadedConnection): AppError[] {
  const faults = new Set<string>();
  for (const { mapping } of carriedFiles(connection).values()) {
    if (mapping.record !== 'students') continue;
    const { status, birth_date, school } = mapping.identity;
    const named = {
      status: status !== undefined,
      birthDate: birth_date !== undefined,
      school: school !== undefined,
    };
    for (const fault of whyIncomplete(connection.settings.eligibility, named)) faults.add(fault);
  }
  return [...faults].map((fault) => mistakeIn(connection, ['eligibility'], fault, 'Say it there.'));
}

/** Rows of a student are carried with their student, so the file of the students must be in the drop. */
function studentsMissing(connection: LoadedConnection): AppError[] {
  const files = [...carriedFiles(connection)];
  const isWhole = connection.files.size === Object.keys(connection.settings.files).length;
  if (!isWhole || files.some(([, { mapping }]) => mapping.record === 'students')) return [];
  const [first] = files.filter(([, { mapping }]) => belongsToStudent(mapping.record));
  if (!first) return [];
  const [name, { mapping }] = first;
  const sentence = `${mapping.record} are carried with their students, but no file of ${connection.name} has a mapping with record: students`;
  const hint = 'Add the file of the students, or write record: other to carry every row.';
  return [mistakeIn(connection, ['files', name], sentence, hint)];
}

/** A field is made of another file of the same drop. */
function unknownFilesOfFields({ settings, files, name }: LoadedConnection): AppError[] {
  return [...files].flatMap(([own, { mapping, placeInMapping }]) =>
    joinsIn(mapping)
      .filter(({ file }) => !Object.hasOwn(settings.files, file) || file === own)
      .map(({ field, file }) => {
        const isOwn = file === own;
        const what = isOwn ? 'is the file that the mapping itself reads' : `is no file of ${name}`;
        const hint = isOwn
          ? 'Leave `from` out; several rows of one student in this file are described under repeats.'
          : hintAmong(file, [...Object.keys(settings.files), ...Object.keys(mapping.repeats ?? {})]);
        return new AppError('config_invalid', `fields.${field}.from names ${file}, which ${what}`, {
          place: placeInMapping(['fields', field, 'from']),
          ...(hint === undefined ? {} : { hint }),
        });
      }),
  );
}

/** Without the column of the school every limit of a school would be kept for ever, unseen. */
function schoolsUnknown(connection: LoadedConnection): AppError[] {
  const { settings, files, name } = connection;
  const isWhole = files.size === Object.keys(settings.files).length;
  if (!settings.safeguards.per_school || !isWhole) return [];
  if ([...carriedFiles(connection).values()].some(({ mapping }) => mapping.identity.school !== undefined))
    return [];
  const sentence = `safeguards.per_school of ${name} measures schools, but no mapping names the column of the school`;
  const hint = 'Add identity.school to the mapping of the students, or take per_school out.';
  return [mistakeIn(connection, ['safeguards', 'per_school'], sentence, hint)];
}

/** A field that no file has would be set nowhere, and whoever is gone would stay active at the other side, unseen. */
function nothingDeactivated(connection: LoadedConnection): AppError[] {
  const { settings, files, name } = connection;
  const { removed } = settings.reconcile;
  const isWhole = files.size === Object.keys(settings.files).length;
  if (removed === 'report' || !isWhole) return [];
  const targets = [...carriedFiles(connection).values()].flatMap(({ mapping }) =>
    Object.entries(mapping.fields).flatMap(([field, { type }]) => (type === 'do_not_map' ? [] : [field])),
  );
  return Object.keys(removed.deactivate)
    .filter((field) => !targets.includes(field))
    .map((field) => {
      const sentence = `reconcile.removed.deactivate sets ${field}, which no mapping of ${name} delivers`;
      return mistakeIn(
        connection,
        ['reconcile', 'removed', 'deactivate', field],
        sentence,
        hintAmongFields(field, targets),
      );
    });
}

/** Fields share the name of their table, which makes none of them alike. */
function hintAmongFields(field: string, targets: readonly string[]): string {
  const own = (name: string) => name.slice(name.lastIndexOf('.') + 1);
  const near = nearestName(own(field), targets.map(own));
  const meant = targets.find((target) => own(target) === near);
  return meant === undefined ? `Map it, or name one of: ${targets.join(', ')}.` : `Did you mean ${meant}?`;
}

/** What is read a second time has to come with the drop. */
function readAgainOfNothing(connection: LoadedConnection): AppError[] {
  const { files } = connection.settings;
  return Object.entries(files).flatMap(([name, { same_as: first }]) => {
    if (first === undefined || files[first]?.match !== undefined) return [];
    const sentence = Object.hasOwn(files, first)
      ? `files.${name} is to be the same file as ${first}, which is itself the same as another`
      : `files.${name} is to be the same file as ${first}, which is no file of ${connection.name}`;
    const hint = hintAmong(first, Object.keys(filesThatCome(files)));
    return [mistakeIn(connection, ['files', name, 'same_as'], sentence, hint)];
  });
}
