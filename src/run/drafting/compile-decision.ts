import type { LoadedFile } from '../../config/load-connection.ts';
import { compileEligibility } from '../../eligibility/decide.ts';
import type { InputFile } from '../../parse/open-input.ts';
import type { ColumnFinder } from '../../vocabulary/row.ts';
import type { DropContext } from './drop-context.ts';
import { type IdentityReaders, identityOf } from './identity-columns.ts';
import type { Judges } from './judge-row.ts';

export interface CompiledDecision {
  decide: Judges['decide'];
  /** All that it looks at in a row. */
  columns: ReadonlySet<number>;
}

const EVERYBODY: CompiledDecision = {
  decide: () => ({ kind: 'carried', active: true }),
  columns: new Set(),
};

/** Only students are eligible or not; rows of others follow their students, once these are settled. */
export function compileDecision(
  { mapping }: LoadedFile,
  { find }: Pick<InputFile['header'], 'find'>,
  { connection, day, waivers }: DropContext,
): CompiledDecision {
  if (mapping.record !== 'students') return EVERYBODY;
  const { eligibility } = connection.settings;
  const identity = identityOf(mapping.identity, { find, today: day.date });
  const noted = noteColumns(find);
  const decide = compileEligibility(eligibility, {
    identity,
    find: noted.find,
    day,
    waivers,
    ...(mapping.identity.birth_date ? { dateFormats: [mapping.identity.birth_date.format].flat() } : {}),
    ...(connection.stateRule ? { stateRule: connection.stateRule } : {}),
  });
  const asksId = waivers.always.size + waivers.never.size > 0;
  const asks = { id: asksId, school: eligibility.schools !== undefined };
  return { decide, columns: new Set([...columnsAsked(identity, asks), ...noted.columns]) };
}

/** Of the identity: those that any rule may look at. */
function columnsAsked(
  { id, status, birthDate, school }: IdentityReaders,
  asks: { id: boolean; school: boolean },
): number[] {
  const readers = [status, birthDate?.read, asks.id ? id : undefined, asks.school ? school : undefined];
  return readers.flatMap((reader) => reader?.at ?? []);
}

/** The same finder, and the columns that it found. */
function noteColumns(find: ColumnFinder): { find: ColumnFinder; columns: ReadonlySet<number> } {
  const columns = new Set<number>();
  return {
    columns,
    find(...asked) {
      const reader = find(...asked);
      if (reader.at !== undefined) columns.add(reader.at);
      return reader;
    },
  };
}
