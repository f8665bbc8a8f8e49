import fc from 'fast-check';
import type { SentFile } from '../../src/ledger/disclosure.ts';
import type { AppliedRun } from '../../src/ledger/ledger.ts';
import { type MemoryEntry, type RecordDecision, SENT_HOW, studentOf } from '../../src/vocabulary/memory.ts';
import { CHANGES, type Change } from '../../src/vocabulary/verdict.ts';
import { nightly } from './sample-memory.ts';

/** What may happen to a ledger, one after the other. */
export type Step =
  | { kind: 'night'; run: AppliedRun; entries: MemoryEntry[]; carries: boolean }
  | { kind: 'decide'; connection: string; decision: RecordDecision }
  | { kind: 'give'; connection: string; prefix: string; keys: string[] };

const CONNECTIONS = ['riverside', 'lakeside'] as const;
const FILES = ['students', 'contacts'] as const;
const IDS = ['1', '2', '3', '10', 'é', 'T1', '1\u001faa', '1\u001fbb', 'T1\u001faa', '1 '] as const;
const TOLD = CHANGES.filter((change): change is Exclude<Change, 'unchanged'> => change !== 'unchanged');
const LAYOUTS = [['id', 'name'], ['name', 'id', 'email'], ['id']] as const;

const text = fc.constantFrom('', 'a', 'b', 'Ö "\n', '0');

/** Random nights of two connections, with what people and mappings said in between. */
export const steps: fc.Arbitrary<Step[]> = fc
  .array(
    fc.oneof({ weight: 4, arbitrary: night() }, { weight: 1, arbitrary: say() }, give(), purge(), answer()),
    {
      maxLength: 14,
    },
  )
  .map((made) => made.map((make, at) => make(at + 1)));

/** Made when its place among the others is known: names and instants follow from it. */
type Making = (at: number) => Step;

function night(): fc.Arbitrary<Making> {
  return fc
    .record({
      connection: fc.constantFrom(...CONNECTIONS),
      outcome: fc.constantFrom('delivered', 'failed', 'cancelled', 'nothing_to_deliver'),
      files: fc
        .uniqueArray(fc.constantFrom(...FILES), { maxLength: 2 })
        .chain((names) => fc.tuple(...names.map(fileEntries))),
      given: fc.array(sealedId(), { maxLength: 2 }),
      sent: fc.subarray([...FILES]),
      carries: fc.boolean(),
    })
    .map(({ connection, outcome, files, given, sent, carries }) => (at: number): Step => {
      const outputs = sent.map((name) => sentFile(name, at));
      const run = nightly(at, { connection, outcome, ...(outputs.length > 0 && { outputs }) });
      return { kind: 'night', run, entries: [...given, ...files.flat(), RECIPIENT], carries };
    });
}

const RECIPIENT: MemoryEntry = { kind: 'recipient', title: 'Riverside to Enroll', destination: '/outbound' };

function sentFile(name: string, at: number): SentFile {
  const day = String(at).padStart(2, '0');
  const about = { file: `${name}_${day}.csv`, bytes: at, sha256: day.repeat(32), rows: at };
  return { name, ...about, deliveredAt: `2026-11-${day}T03:30:03-06:00` };
}

/** The files of the oldest nights are destroyed, of some connection: what is younger is left as it was. */
function purge(): fc.Arbitrary<Making> {
  return fc
    .record({ connection: fc.constantFrom(...CONNECTIONS), nights: fc.integer({ min: 1, max: 14 }) })
    .map(({ connection, nights }) => (at: number): Step => {
      const oldest = Array.from({ length: Math.min(nights, at - 1) }, (_, night) =>
        nightly(night + 1, { connection }),
      );
      const entries: MemoryEntry[] = [{ kind: 'destroyed', runs: oldest.map(({ id }) => id) }];
      return {
        kind: 'night',
        run: nightly(at, { connection, outcome: 'purged', totals: {} }),
        entries,
        carries: false,
      };
    });
}

/** The importing system answered some night before. */
function answer(): fc.Arbitrary<Making> {
  return fc
    .record({
      connection: fc.constantFrom(...CONNECTIONS),
      to: fc.integer({ min: 1, max: 14 }),
      said: fc.dictionary(
        fc.constantFrom(...IDS),
        fc.record({ verdict: fc.constantFrom('accepted', 'refused'), status: text, message: text }),
        { maxKeys: 3 },
      ),
    })
    .map(({ connection, to, said }) => (at: number): Step => {
      const about = {
        run: nightly(Math.min(to, at), { connection }).id,
        name: 'r.csv',
        sha256: 'ab'.repeat(32),
      };
      const entries: MemoryEntry[] = [{ kind: 'acknowledged', ...about, accepted: at, refused: to }];
      for (const [id, one] of Object.entries(said)) entries.push({ kind: 'answered', id, ...one });
      const run = nightly(at, { connection, outcome: 'acknowledged', totals: {} });
      return { kind: 'night', run, entries, carries: false };
    });
}

function sealedId(): fc.Arbitrary<MemoryEntry> {
  const number = fc.integer({ min: 1, max: 6 });
  return fc.record({ prefix: fc.constantFrom('T', 'P-'), key: text, number }).map(
    ({ prefix, key, number }): MemoryEntry => ({
      kind: 'temporary_id',
      prefix,
      key,
      id: `${prefix}${number}`,
    }),
  );
}

/** A file opens; ids are linked; of every other id at most one thing is said. */
function fileEntries(file: string): fc.Arbitrary<MemoryEntry[]> {
  return fc.constantFrom(...LAYOUTS).chain((targets) => {
    const values = fc.array(text, { minLength: targets.length, maxLength: targets.length });
    const said = fc.oneof(
      { weight: 3, arbitrary: recordOf(file, values) },
      { weight: 1, arbitrary: removalOf(file, values) },
      { weight: 1, arbitrary: sameOf(file) },
    );
    const how = fc.option(fc.constantFrom(...SENT_HOW));
    const open: MemoryEntry = { kind: 'file', file, targets, bytes: targets.length };
    return fc
      .record({
        links: fc.uniqueArray(fc.tuple(fc.constantFrom(...IDS), fc.constantFrom(...IDS)), {
          selector: ([from]) => from,
          maxLength: 2,
        }),
        about: fc.uniqueArray(fc.tuple(fc.constantFrom(...IDS), said), { selector: ([id]) => id }),
        linksFirst: fc.boolean(),
        how,
        keptBack: fc.uniqueArray(fc.constantFrom(...IDS), { maxLength: 2 }),
      })
      .map(({ links, about, linksFirst, how, keptBack }) => {
        const named = new Set<string>([...links.flat(), ...about.map(([id]) => id)]);
        const gone = new Set<string>(links.map(([from]) => from));
        const linked = links.map(([from, to]): MemoryEntry => ({ kind: 'link', file, from, to }));
        const rest = about.flatMap(([id, make]) => (gone.has(id) ? [] : [make(id)]));
        const kind = how === 'some' ? 'sent_again' : 'kept_back';
        const presences = how === 'changes' ? [] : keptBack.flatMap((id) => (named.has(id) ? [] : [id]));
        const sent: MemoryEntry[] = how === null ? [] : [{ kind: 'sent', file, how }];
        sent.push(
          ...presences.map(
            (id): MemoryEntry => ({ kind, file, id: kind === 'kept_back' ? id : studentOf(id) }),
          ),
        );
        return linksFirst ? [open, ...linked, ...rest, ...sent] : [open, ...rest, ...sent, ...linked];
      });
  });
}

type MakingEntry = (id: string) => MemoryEntry;

function recordOf(file: string, values: fc.Arbitrary<string[]>): fc.Arbitrary<MakingEntry> {
  return fc
    .record({ change: fc.constantFrom(...TOLD), values, active: fc.boolean(), school: text })
    .map(({ change, ...about }) => (id) => {
      const record = { id, mapped: `${about.school}${about.active}`, grade: '5', ...about };
      return { kind: 'record', file, change, record };
    });
}

function removalOf(file: string, values: fc.Arbitrary<string[]>): fc.Arbitrary<MakingEntry> {
  const why = fc.constantFrom('absent', 'ineligible');
  return fc
    .record({ why, deactivated: fc.boolean(), values: fc.option(values, { nil: undefined }) })
    .map(({ why, deactivated, values }) => (id) => {
      const removed = { kind: 'removed', file, id, why, deactivated } as const;
      return deactivated && values ? { ...removed, values } : removed;
    });
}

function sameOf(file: string): fc.Arbitrary<MakingEntry> {
  return fc
    .record({ mapped: text, active: fc.boolean(), school: text, grade: text })
    .map((known) => (id) => ({ kind: 'same', file, id, ...known }));
}

function say(): fc.Arbitrary<Making> {
  return fc
    .record({
      connection: fc.constantFrom(...CONNECTIONS),
      file: fc.constantFrom(...FILES),
      id: fc.constantFrom(...IDS),
      field: fc.constantFrom('', '', 'name'),
      choice: fc.constantFrom('approve', 'new', 'match:1', 'value'),
      value: text,
      about: text,
      shown: fc.array(fc.constantFrom(...IDS), { maxLength: 2 }),
      reason: text,
    })
    .map(({ connection, ...about }) => (at): Step => {
      const when = `2026-11-22T08:${String(at).padStart(2, '0')}:00-06:00`;
      return { kind: 'decide', connection, decision: { ...about, by: 'kim', at: when } };
    });
}

function give(): fc.Arbitrary<Making> {
  return fc
    .record({
      connection: fc.constantFrom(...CONNECTIONS),
      prefix: fc.constantFrom('T', 'P-'),
      keys: fc.array(text, { maxLength: 3 }),
    })
    .map((given) => () => ({ kind: 'give', ...given }));
}

export const ALL_IDS: readonly string[] = IDS;
export const ALL_CONNECTIONS: readonly string[] = CONNECTIONS;
export const ALL_FILES: readonly string[] = FILES;
