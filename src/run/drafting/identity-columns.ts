import type { Mapping } from '../../mapping/schema.ts';
import { compileDateReader } from '../../time/read-date.ts';
import { type ColumnFinder, type ColumnReader, type ColumnRef, NO_COLUMN } from '../../vocabulary/row.ts';

/** The columns that Rosterferry itself reads, as eligibility wants them. */
export interface IdentityReaders {
  id: ColumnReader;
  status?: ColumnReader;
  birthDate?: { read: ColumnReader; toDate: (text: string) => string | undefined };
  school?: ColumnReader;
}

export function identityOf(
  identity: Mapping['identity'],
  context: { find: ColumnFinder; today: string },
): IdentityReaders {
  const { find, today } = context;
  const readers: IdentityReaders = { id: find(identity.id, 'identity.id') };
  if (identity.status !== undefined) {
    const optional = identity.optional?.includes('status') ?? false;
    const read = find(identity.status, 'identity.status', { optional });
    if (read !== NO_COLUMN || !optional) readers.status = read;
  }
  if (identity.school !== undefined) readers.school = find(identity.school, 'identity.school');
  if (identity.birth_date !== undefined) {
    const { column, format, pivot } = identity.birth_date;
    const toDate = compileDateReader([format].flat(), { pivot: pivot ?? { notAfter: today } });
    readers.birthDate = { read: find(column, 'identity.birth_date'), toDate };
  }
  return readers;
}

/** The names by which a delimiter is told: those of the identity are enough. */
export function wantedColumns(identity: Mapping['identity']): string[] {
  const refs: (ColumnRef | undefined)[] = [
    identity.id,
    identity.status,
    identity.school,
    identity.grade,
    identity.birth_date?.column,
  ];
  return refs
    .filter((ref) => ref !== undefined)
    .flatMap((ref) => (typeof ref === 'string' ? [ref] : [...ref]));
}
