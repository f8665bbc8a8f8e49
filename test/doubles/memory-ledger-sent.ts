import type { RunsAsked } from '../../src/ledger/disclosure.ts';
import type { AppliedRun, Disclosure } from '../../src/ledger/ledger.ts';
import { type MemoryEntry, WHO_FIELD } from '../../src/vocabulary/memory.ts';
import type { ConnectionState, FileState, Touch } from './memory-ledger-state.ts';

/** Who was in each file that the run sent, by what it was told and not by what is derived from it. */
export function countSent(state: ConnectionState, run: AppliedRun, entries: readonly MemoryEntry[]): void {
  for (const [name, file] of state.files) {
    const [delivery] = file.deliveries.filter((one) => one.run === run.id);
    if (!delivery) continue;
    const own = entries.filter((entry) => 'file' in entry && entry.file === name);
    const kept = new Set(own.flatMap((entry) => (entry.kind === 'kept_back' ? [entry.id] : [])));
    const ids = own.flatMap((entry) => {
      if (entry.kind === 'record') return [entry.record.id];
      if (entry.kind === 'removed')
        return entry.deactivated && isRemovedBy(file, run, entry.id) ? [entry.id] : [];
      return entry.kind === 'sent_again' ? [entry.id] : [];
    });
    if (delivery.how === 'full')
      ids.push(...[...file.records.values()].flatMap(({ id, deactivated }) => (deactivated ? [] : [id])));
    delivery.ids = [...new Set(ids)].filter((id) => !kept.has(id));
  }
}

function isRemovedBy({ touches }: FileState, run: AppliedRun, id: string): boolean {
  return touches.some((touch) => touch.run.id === run.id && touch.id === id && touch.change === 'removed');
}

/** Takes the values of these runs out, and what is known of students who are gone since before. */
export function strike(state: ConnectionState, by: AppliedRun, runs: readonly string[]): void {
  const blank = (value: string | null) => (value === null ? null : '');
  const isGone = ({ run }: Touch) => run.destroyedBy !== undefined;
  for (const answer of state.answers)
    if (runs.includes(answer.acknowledgement.id)) Object.assign(answer, { status: '', message: '' });
  for (const [name, file] of state.files) {
    for (const touch of file.touches) {
      if (runs.includes(touch.run.id) && !isGone(touch)) touch.run = { ...touch.run, destroyedBy: by.id };
      if (isGone(touch))
        touch.fields = touch.fields.map(({ field, before, after }) => ({
          field,
          before: blank(before),
          after: blank(after),
        }));
    }
    const of = (id: string) => file.touches.filter((touch) => touch.id === id);
    for (const [id, known] of file.records)
      if (known.deactivated && of(id).every(isGone))
        file.records.set(id, { ...known, mapped: '', school: '', grade: '', fields: blanked(known.fields) });
    for (const [key, one] of state.sealed) {
      const isValue = one.file === name && one.field !== '' && one.field !== WHO_FIELD;
      const isPresent = file.records.get(one.id)?.deactivated === false;
      if (isValue && !isPresent && of(one.id).length > 0 && of(one.id).every(isGone))
        state.sealed.delete(key);
    }
  }
}

function blanked(fields: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...fields.keys()].map((field) => [field, '']));
}

type IsMeant = (links: FileState['links'], ids: readonly string[]) => boolean;

/** The deliveries of a connection that are meant, in the order of the runs and of the names of the files. */
export function listSent(
  files: ReadonlyMap<string, FileState>,
  runs: readonly AppliedRun[],
  isMeant: IsMeant,
  { from = '', to = '9999' }: RunsAsked,
): Disclosure[] {
  const found = [...files].sort().flatMap(([file, { deliveries, links }]) =>
    deliveries.flatMap(({ run: id, targets, ids }) => {
      const turn = runs.findIndex((one) => one.id === id);
      const run = runs[turn];
      const outputs = run?.outputs?.filter(({ name, deliveredAt }) => {
        const day = deliveredAt.slice(0, 10);
        return name === file && day >= from && day <= to;
      });
      return run && outputs?.length && isMeant(links, ids)
        ? [{ turn, run, file, fields: targets, outputs }]
        : [];
    }),
  );
  return found.sort((one, other) => one.turn - other.turn).map(({ turn: _, ...one }) => one);
}

/** All ids of one student, from any of them. */
export function linkedIds(links: ReadonlyMap<string, string>, id: string): Set<string> {
  const ids = new Set([id]);
  for (const _ of links)
    for (const [from, to] of links)
      if (ids.has(from) || ids.has(to)) {
        ids.add(from);
        ids.add(to);
      }
  return ids;
}
