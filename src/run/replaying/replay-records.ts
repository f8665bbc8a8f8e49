import type { DeliveredView } from '../../ledger/ledger.ts';
import { studentOf } from '../../vocabulary/memory.ts';

/** What the other side would know, held against what it knew, record by record. */
export interface RecordDifferences {
  onlyThen: Counted;
  onlyNow: Counted;
  /** Records of both that have another value in some field. */
  differ: number;
  /** Of each field with a difference, in the order of the fields now, then those that are gone. */
  fields: readonly FieldDifference[];
}

export interface Counted {
  count: number;
  /** The first ids, each once; of a contact that of the student. */
  examples: readonly string[];
}

export interface FieldDifference {
  field: string;
  /** `was` or `now` where the file has the field on that side alone: it counts as blank on the other. */
  in: 'both' | 'was' | 'now';
  count: number;
  examples: readonly ValueExample[];
}

export interface ValueExample {
  id: string;
  before: string;
  after: string;
}

const EXAMPLES = 3;

/**
 * Walks both views from end to end, some hundreds of records at a time.
 * @param idNow the id under which a record of then is kept now
 * @param idThen and the other way round
 */
export async function compareViews(
  views: { was: DeliveredView; now: DeliveredView },
  { idNow, idThen }: { idNow: (id: string) => string; idThen: (id: string) => string },
): Promise<RecordDifferences> {
  const { was, now } = views;
  const compare = compileCompare(was.targets, now.targets);
  const [onlyThen, onlyNow] = [openCount(), openCount()];
  for await (const batch of was.index()) {
    const ids = batch.map(({ id }) => id);
    const [before, after] = await Promise.all([was.fetch(ids), now.fetch(ids.map(idNow))]);
    for (const id of ids) {
      const [old, fresh] = [before.get(id), after.get(idNow(id))];
      if (!fresh) onlyThen.add(id);
      else if (old) compare.add(id, old.values, fresh.values);
    }
  }
  for await (const batch of now.index()) {
    const known = await was.fetch(batch.map(({ id }) => idThen(id)));
    for (const { id } of batch) if (!known.has(idThen(id))) onlyNow.add(id);
  }
  return { onlyThen: onlyThen.read(), onlyNow: onlyNow.read(), ...compare.read() };
}

function openCount() {
  let count = 0;
  const examples: string[] = [];
  return {
    add(id: string) {
      count++;
      const student = studentOf(id);
      if (examples.length < EXAMPLES && !examples.includes(student)) examples.push(student);
    },
    read: (): Counted => ({ count, examples }),
  };
}

function compileCompare(before: readonly string[], after: readonly string[]) {
  const fields = [...after, ...before.filter((field) => !after.includes(field))].map((field) => {
    const [old, fresh] = [before.indexOf(field), after.indexOf(field)];
    const where = old < 0 ? ('now' as const) : fresh < 0 ? ('was' as const) : ('both' as const);
    return { field, in: where, old, fresh, count: 0, examples: [] as ValueExample[] };
  });
  let differ = 0;
  return {
    add(id: string, then: readonly string[], now: readonly string[]) {
      let isOther = false;
      for (const one of fields) {
        const example = { before: then[one.old] ?? '', after: now[one.fresh] ?? '' };
        if (example.before === example.after) continue;
        isOther = true;
        if (one.count++ < EXAMPLES) one.examples.push({ id: studentOf(id), ...example });
      }
      if (isOther) differ++;
    },
    read: () => ({
      differ,
      fields: fields
        .filter((one) => one.count > 0 || one.in !== 'both')
        .map(
          ({ field, in: where, count, examples }): FieldDifference => ({ field, in: where, count, examples }),
        ),
    }),
  };
}
