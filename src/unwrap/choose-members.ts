import { AppError } from '../errors/app-error.ts';
import type { Member, Zip } from './open-zip.ts';

export const MANIFEST = /^manifest\.csv$/i;
const MOST_LISTED = 20;

export interface Chosen {
  /** By the names of the connection, in its order. */
  members: Map<string, Member>;
  ignored: string[];
}

interface Wanted {
  files: Readonly<Record<string, { required: boolean }>>;
  namesOf: (file: string) => readonly string[];
}

/**
 * Which member is which file of the connection. A zip that is itself one file of it, because that file's pattern is that
 * of a zip, has that file and nothing else. Throws zip_incomplete and ambiguous_drop.
 */
export function chooseMembers(zip: Zip, name: string, wanted: Wanted): Chosen {
  return Object.hasOwn(wanted.files, name) ? onlyMember(zip, name) : membersByName(zip, wanted);
}

function onlyMember({ members, place }: Zip, name: string): Chosen {
  const data = members.filter(({ base }) => !MANIFEST.test(base));
  const [only] = data;
  if (only && data.length === 1)
    return {
      members: new Map([[name, only]]),
      ignored: members.filter((one) => one !== only).map(({ path }) => path),
    };
  const sentence = `The zip is to have one file, ${name}, and has ${data.length}`;
  throw new AppError(only ? 'ambiguous_drop' : 'zip_incomplete', `${sentence}${listOf(data)}`, {
    place,
    hint: 'For a zip of several files, give each file of the connection the name of its member under match; the zip itself needs no mention.',
  });
}

function membersByName({ members, place }: Zip, { files, namesOf }: Wanted): Chosen {
  const found = new Map<string, Member>();
  const ignored: string[] = [];
  for (const member of members) {
    const [name, second] = namesOf(member.base);
    if (name === undefined) {
      ignored.push(member.path);
      continue;
    }
    const other = found.get(name);
    const fault =
      second === undefined
        ? other && `${other.path} and ${member.path} are both ${name}`
        : `${member.path} fits both ${name} and ${second}`;
    if (fault !== undefined) throw new AppError('ambiguous_drop', `In the zip, ${fault}`, { place });
    found.set(name, member);
  }
  const missing = Object.keys(files).filter((name) => files[name]?.required && !found.has(name));
  if (missing.length > 0)
    throw new AppError('zip_incomplete', `The zip has no ${missing.join(', ')}${listOf(members)}`, { place });
  const inOrder = Object.keys(files).flatMap((name) => {
    const member = found.get(name);
    return member ? [[name, member] as const] : [];
  });
  return { members: new Map(inOrder), ignored };
}

function listOf(members: readonly Member[]): string {
  const paths = members.map(({ path }) => path);
  const rest = paths.length > MOST_LISTED ? ', ...' : '';
  return paths.length === 0 ? ': it is empty' : `: it has ${paths.slice(0, MOST_LISTED).join(', ')}${rest}`;
}
